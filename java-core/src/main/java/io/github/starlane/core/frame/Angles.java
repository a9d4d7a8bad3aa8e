package io.github.starlane.core.frame;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Angles as headers write them. */
final class Angles {
  /** Sign, degrees or hours, minutes, and seconds unless the minutes have a fraction. */
  private static final Pattern SEXAGESIMAL =
      Pattern.compile(
          "([+-]?)\\s*(\\d{1,3})[:\\shd]+(\\d{1,2}(?:\\.\\d*)?)"
              + "(?:[:\\s'm]+(\\d{1,2}(?:\\.\\d*)?)\\s*[\"s]?)?['m]?");

  private Angles() {}

  /** Right ascension in degrees, from sexagesimal hours; empty if the text is not sexagesimal. */
  static OptionalDouble hours(String text) {
    OptionalDouble value = sexagesimal(text);
    return value.isPresent() ? OptionalDouble.of(15 * value.getAsDouble()) : value;
  }

  /**
   * An angle in degrees from sexagesimal degrees; empty if the text is not sexagesimal or counts
   * more than 60 minutes or seconds.
   */
  static OptionalDouble sexagesimal(String text) {
    Matcher m = SEXAGESIMAL.matcher(text.strip());
    if (!m.matches()) {
      return OptionalDouble.empty();
    }
    double minutes = Double.parseDouble(m.group(3));
    double seconds = m.group(4) == null ? 0 : Double.parseDouble(m.group(4));
    // Rounding makes some programs write 60 seconds.
    if (minutes > 60 || seconds > 60) {
      return OptionalDouble.empty();
    }
    double value = Integer.parseInt(m.group(2)) + minutes / 60 + seconds / 3600;
    return OptionalDouble.of(m.group(1).equals("-") ? -value : value);
  }
}
