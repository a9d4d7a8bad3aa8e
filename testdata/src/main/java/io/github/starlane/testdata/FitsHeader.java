package io.github.starlane.testdata;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The cards of a FITS header in order; a key set again replaces its card in place. FITS standard
 * 4.0 (Pence et al. 2010, A&amp;A 524, A42, and 2018), long strings by the CONTINUE convention of
 * §4.2.1.
 */
final class FitsHeader {
  static final int BLOCK = 2880;

  private static final int CARD = 80;
  private static final int VALUE_END = 30;
  private static final int LONGEST_STRING = 68;

  private final Map<String, List<String>> cards = new LinkedHashMap<>();

  FitsHeader logical(String key, boolean value, String comment) {
    return fixed(key, value ? "T" : "F", comment);
  }

  FitsHeader integer(String key, long value, String comment) {
    return fixed(key, Long.toString(value), comment);
  }

  FitsHeader real(String key, double value, String comment) {
    Check.that(Double.isFinite(value), key + " has no finite value: " + value);
    return fixed(key, Double.toString(value), comment);
  }

  /** A number as LAST's software writes it: whole numbers end with a point. */
  FitsHeader number(String key, double value, String comment) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
    return whole
        ? fixed(key, String.format(Locale.ROOT, "%d.", (long) value), comment)
        : real(key, value, comment);
  }

  FitsHeader text(String key, String value, String comment) {
    String escaped = value.replace("'", "''");
    if (escaped.length() <= LONGEST_STRING) {
      return put(key, withComment(pad8(key) + "= " + quoted(escaped), comment));
    }
    int cut = LONGEST_STRING - 1;
    Check.that(!value.contains("'"), "a long string must not contain a quote: " + value);
    List<String> lines = new ArrayList<>();
    lines.add(padded(pad8(key) + "= '" + value.substring(0, cut) + "&'"));
    String rest = value.substring(cut);
    Check.that(rest.length() <= cut, "string too long for one CONTINUE card: " + value);
    lines.add(withComment("CONTINUE  '" + rest + "'", comment).getFirst());
    cards.put(key, lines);
    return this;
  }

  FitsHeader comment(String text) {
    Check.that(text.length() <= CARD - 8, "comment too long: " + text);
    cards.put("COMMENT " + cards.size(), List.of(padded("COMMENT " + text)));
    return this;
  }

  /** Adds all cards of another header. */
  FitsHeader append(FitsHeader other) {
    other.cards.forEach(
        (key, lines) ->
            cards.put(key.startsWith("COMMENT ") ? "COMMENT " + cards.size() : key, lines));
    return this;
  }

  private static String quoted(String value) {
    return "'" + String.format(Locale.ROOT, "%-8s", value) + "'";
  }

  private FitsHeader fixed(String key, String value, String comment) {
    int width = VALUE_END - 10;
    String right = " ".repeat(Math.max(0, width - value.length())) + value;
    return put(key, withComment(pad8(key) + "= " + right, comment));
  }

  private FitsHeader put(String key, List<String> lines) {
    cards.put(key, lines);
    return this;
  }

  private static List<String> withComment(String card, String comment) {
    if (comment.isEmpty()) {
      return List.of(padded(card));
    }
    String full = card + " ".repeat(Math.max(0, VALUE_END - card.length())) + " / " + comment;
    return List.of(padded(full.substring(0, Math.min(CARD, full.length()))));
  }

  private static String pad8(String key) {
    Check.that(key.matches("[A-Z0-9_-]{1,8}"), "no FITS keyword: " + key);
    return String.format(Locale.ROOT, "%-8s", key);
  }

  private static String padded(String card) {
    Check.that(card.length() <= CARD, "card too long: " + card);
    return card + " ".repeat(CARD - card.length());
  }

  /**
   * The header as bytes, with DATASUM and CHECKSUM.
   *
   * @param dataSum sum of the data unit, see {@link FitsChecksum}
   */
  byte[] toBytes(FitsChecksum dataSum) {
    text("CHECKSUM", "0".repeat(16), "HDU checksum");
    text("DATASUM", Long.toString(dataSum.value()), "data unit checksum");
    FitsChecksum whole = new FitsChecksum().add(bytes()).add(dataSum);
    text("CHECKSUM", whole.encodedComplement(), "HDU checksum");
    return bytes();
  }

  /** How many bytes {@link #toBytes} will give. */
  int length() {
    return toBytes(new FitsChecksum()).length;
  }

  private byte[] bytes() {
    StringBuilder all = new StringBuilder();
    cards.values().forEach(lines -> lines.forEach(all::append));
    all.append(padded("END"));
    int missing = Math.floorMod(-all.length(), BLOCK);
    all.append(" ".repeat(missing));
    return all.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
