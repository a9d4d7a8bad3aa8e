package io.github.starlane.core;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;

/** YAML to records, strictly: an unknown key is an error that names the nearest known one. */
public final class Yaml {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Yaml() {}

  /** Reads a resource that comes with the program. */
  public static JsonNode resource(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing from the program");
      }
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("resource " + name + " cannot be read", e);
    }
  }

  /**
   * Reads a user's file.
   *
   * @throws StarlaneException (exit code 2) if it cannot be read or is no YAML
   */
  public static JsonNode file(Path path) {
    try {
      JsonNode tree = MAPPER.readTree(Files.readString(path));
      return tree == null || tree.isMissingNode() ? MAPPER.createObjectNode() : tree;
    } catch (JsonProcessingException e) {
      throw usage(
          path.toString(), "line " + line(e) + ": " + e.getOriginalMessage(), "mend the YAML");
    } catch (IOException e) {
      throw usage(
          path.toString(),
          Files.exists(path) ? String.valueOf(e.getMessage()) : "it does not exist",
          "check the path");
    }
  }

  /** Parses a scalar or a flow value, as in {@code --set key=value}. */
  public static JsonNode value(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw usage(text, e.getOriginalMessage(), "write a number, a word or a [list]");
    }
  }

  /** An empty tree. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Lays one tree over another: objects are merged, everything else is replaced. */
  public static JsonNode overlay(JsonNode base, JsonNode over) {
    if (!(base instanceof ObjectNode) || !(over instanceof ObjectNode)) {
      return over;
    }
    ObjectNode merged = base.deepCopy();
    over.properties()
        .forEach(
            entry -> {
              JsonNode old = merged.get(entry.getKey());
              JsonNode value = entry.getValue();
              // "key:" with nothing behind it keeps the default.
              if (old == null || !value.isNull()) {
                merged.set(entry.getKey(), old == null ? value : overlay(old, value));
              }
            });
    return merged;
  }

  /**
   * Binds a tree to a record.
   *
   * @param source what to name in errors
   * @throws StarlaneException (exit code 2) if a key is unknown or a value has the wrong type
   */
  public static <T> T bind(JsonNode tree, Class<T> type, String source) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (UnrecognizedPropertyException e) {
      String key = e.getPropertyName();
      throw usage(
          source,
          "there is no setting \"" + key + "\"",
          "did you mean \""
              + nearest(key, e.getKnownPropertyIds().stream().map(String::valueOf).toList())
              + "\"?");
    } catch (JsonProcessingException e) {
      throw usage(source, e.getOriginalMessage(), "correct the value");
    }
  }

  /** The word that takes the fewest edits (Levenshtein). */
  public static String nearest(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(k -> k))
        .orElse("");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change =
            diagonal
                + (Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1))
                    ? 0
                    : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  private static StarlaneException usage(String where, String why, String remedy) {
    return new StarlaneException(ExitCode.USAGE, "cannot use the settings", where, why, remedy);
  }
}
