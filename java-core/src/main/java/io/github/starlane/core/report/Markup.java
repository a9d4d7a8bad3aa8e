package io.github.starlane.core.report;

import java.util.Locale;

/** Small helpers for writing HTML and SVG that is also well-formed XML. */
final class Markup {

  /** Shown where a number or a text is not known. */
  static final String UNKNOWN = "–";

  private Markup() {}

  /** Text made safe for element content and attribute values; null becomes {@link #UNKNOWN}. */
  static String escape(String text) {
    if (text == null) {
      return UNKNOWN;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> appendSafe(safe, c));
    return safe.toString();
  }

  private static void appendSafe(StringBuilder safe, int c) {
    switch (c) {
      case '&' -> safe.append("&amp;");
      case '<' -> safe.append("&lt;");
      case '>' -> safe.append("&gt;");
      case '"' -> safe.append("&quot;");
      case '\'' -> safe.append("&#39;");
      default -> safe.appendCodePoint(isXmlCharacter(c) ? c : '\uFFFD');
    }
  }

  /** XML 1.0 (fifth edition), production 2. */
  private static boolean isXmlCharacter(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  /** A number with so many decimals, a true minus sign, {@link #UNKNOWN} if it is not finite. */
  static String number(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return UNKNOWN;
    }
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return isNegativeZero(text) ? text.substring(1) : text.replace('-', '−');
  }

  private static boolean isNegativeZero(String text) {
    return text.startsWith("-") && text.chars().allMatch(c -> c == '-' || c == '0' || c == '.');
  }

  /** A number with about three significant digits, for values whose size is not known before. */
  static String compact(double value) {
    double size = Math.abs(value);
    if (!Double.isFinite(value) || size == 0) {
      return number(value, 0);
    }
    int decimals = Math.clamp(2 - (long) Math.floor(Math.log10(size)), 0, 6);
    return number(value, decimals);
  }

  /** Seconds as people say them: 0.42 s, 12.3 s, 3 min 05 s, 2 h 03 min. */
  static String duration(double seconds) {
    if (!Double.isFinite(seconds)) {
      return UNKNOWN;
    }
    long whole = Math.round(seconds);
    if (seconds < 10) {
      return number(seconds, 2) + " s";
    } else if (seconds < 100) {
      return number(seconds, 1) + " s";
    } else if (whole < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
  }

  /** A whole number with thin spaces between thousands. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202F').replace('-', '−');
  }

  /** "1 frame", "2 frames". */
  static String plural(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }
}
