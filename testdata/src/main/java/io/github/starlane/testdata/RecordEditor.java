package io.github.starlane.testdata;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Copies a tree of records with one leaf replaced, so that each parameter can be set by its name.
 */
final class RecordEditor {
  private RecordEditor() {}

  static Record replace(Record record, List<String> path, String value) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    boolean found = false;
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = read(record, components[i]);
      if (components[i].getName().equals(path.getFirst())) {
        values[i] = newValue(values[i], types[i], path, value);
        found = true;
      }
    }
    if (!found) {
      throw new IllegalArgumentException(
          "no parameter '" + path.getFirst() + "'; there are: " + String.join(", ", paths(record)));
    }
    return construct(record.getClass(), types, values);
  }

  private static Object newValue(Object old, Class<?> type, List<String> path, String value) {
    if (path.size() == 1) {
      return parse(type, path.getFirst(), value);
    }
    if (old instanceof Record group) {
      return replace(group, path.subList(1, path.size()), value);
    }
    throw new IllegalArgumentException("parameter '" + path.getFirst() + "' has no parts");
  }

  static List<String> paths(Record record) {
    List<String> paths = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      if (read(record, component) instanceof Record group) {
        paths(group).forEach(part -> paths.add(component.getName() + "." + part));
      } else {
        paths.add(component.getName());
      }
    }
    return paths;
  }

  private static Object parse(Class<?> type, String name, String text) {
    try {
      if (type == double.class) {
        return Double.valueOf(text);
      } else if (type == int.class) {
        return Integer.valueOf(text);
      } else if (type == long.class) {
        return Long.valueOf(text);
      } else if (type == boolean.class && text.matches("true|false")) {
        return Boolean.valueOf(text);
      } else if (type == String.class) {
        return text;
      } else if (type == Instant.class) {
        return Instant.parse(text);
      } else if (type == PsfParameters.Profile.class) {
        return PsfParameters.Profile.valueOf(text.toUpperCase(Locale.ROOT));
      }
    } catch (IllegalArgumentException | java.time.format.DateTimeParseException e) {
      throw new IllegalArgumentException(name + ": '" + text + "' is no " + kind(type), e);
    }
    throw new IllegalArgumentException(name + ": '" + text + "' is no " + kind(type));
  }

  private static String kind(Class<?> type) {
    return type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static Object read(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot read " + component, e);
    }
  }

  private static Record construct(Class<?> type, Class<?>[] types, Object[] values) {
    try {
      return (Record) type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException unfit) {
        throw unfit;
      }
      throw new LinkageError("cannot construct " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot construct " + type, e);
    }
  }
}
