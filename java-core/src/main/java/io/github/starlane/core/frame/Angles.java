package io.github.starlane.core.frame;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Angles as headers write them. */
final class Angles {
  private static final Pattern SEXAGESIMAL =
      Pattern.compile(
          "([+-]?)\\s*(\\d{1,3})[:\\shd]+(\\d{1,2})(?:[:\\s'm]+(\\d{1,2}(?:\\.\\d*)?)[\"s]?)?");

  private Angles() {}

  /** Right ascension in degrees, from sexagesimal hours; empty if the text is not sexagesimal. */
  static OptionalDouble hours(String text) {
    OptionalDouble value = sexagesimal(text);
    return value.isPresent() ? OptionalDouble.of(15 * value.getAsDouble()) : value;
  }

  /** An angle in degrees from sexagesimal degrees; empty if the text is not sexagesimal. */
  static OptionalDouble sexagesimal(String text) {
    Matcher m = SEXAGESIMAL.matcher(text.strip());
    if (!m.matches()) {
      return OptionalDouble.empty();
    }
    double seconds = m.group(4) == null ? 0 : Double.parseDouble(m.group(4));
    double value =
        Integer.parseInt(m.group(2)) + Integer.parseInt(m.group(3)) / 60.0 + seconds / 3600;
    return OptionalDouble.of(m.group(1).equals("-") ? -value : value);
  }
}
