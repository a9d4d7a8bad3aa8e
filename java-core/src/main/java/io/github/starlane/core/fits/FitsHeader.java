package io.github.starlane.core.fits;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCard;
import nom.tam.util.Cursor;

/**
 * The cards of one HDU, for tolerant look-up: keywords in any case, numbers also when written as
 * text, HIERARCH keywords with blanks or dots. Where a keyword stands twice the last value counts.
 */
public final class FitsHeader {
  private static final Pattern STORAGE =
      Pattern.compile(
          "SIMPLE|XTENSION|BITPIX|NAXIS\\d*|PCOUNT|GCOUNT|GROUPS|EXTEND|BSCALE|BZERO|BLANK|BUNIT"
              + "|DATAMIN|DATAMAX|CHECKSUM|DATASUM|EXTNAME|EXTVER|EXTLEVEL");

  private final Header cards;
  private final Map<String, String> values = new LinkedHashMap<>();

  /** Wraps a parsed header. */
  public FitsHeader(Header cards) {
    this.cards = cards;
    Cursor<String, HeaderCard> cursor = cards.iterator();
    while (cursor.hasNext()) {
      HeaderCard card = cursor.next();
      // nom-tam calls values without quotes that it does not understand, as .5 or R, no values.
      if (card.getValue() != null) {
        values.put(normalise(card.getKey()), card.getValue().strip());
      }
    }
  }

  private FitsHeader(Header cards, Map<String, String> values) {
    this.cards = cards;
    this.values.putAll(values);
  }

  /**
   * These cards, and where a keyword is absent those of the primary HDU; but not those of its cards
   * that describe how its own data are stored.
   */
  public FitsHeader over(FitsHeader primary) {
    FitsHeader merged = new FitsHeader(cards, primary.values);
    merged.values.keySet().removeIf(key -> STORAGE.matcher(key).matches());
    merged.values.putAll(values);
    return merged;
  }

  /** The cards as parsed. */
  public Header cards() {
    return cards;
  }

  /** Whether a keyword has a value that is not blank. */
  public boolean has(String keyword) {
    return string(keyword).isPresent();
  }

  /** The value as text, without quotes; empty if absent or blank. */
  public Optional<String> string(String keyword) {
    String value = values.get(normalise(keyword));
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value);
  }

  /**
   * The value as a finite number; empty if absent or no number. Reads Fortran's D exponents too.
   */
  public OptionalDouble number(String keyword) {
    return string(keyword).map(FitsHeader::parse).orElse(OptionalDouble.empty());
  }

  /** The value as a number, or the default. */
  public double number(String keyword, double orElse) {
    return number(keyword).orElse(orElse);
  }

  /** The value as an integer, or the default. */
  public long integer(String keyword, long orElse) {
    OptionalDouble value = number(keyword);
    return value.isPresent() ? Math.round(value.getAsDouble()) : orElse;
  }

  /** The value as a logical; false if absent. */
  public boolean logical(String keyword) {
    return string(keyword).filter(v -> v.equals("T") || v.equalsIgnoreCase("true")).isPresent();
  }

  private static OptionalDouble parse(String text) {
    String number = text.toUpperCase(Locale.ROOT).replace('D', 'E');
    try {
      double value = Double.parseDouble(number);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private static String normalise(String keyword) {
    String key = keyword.strip().toUpperCase(Locale.ROOT).replace(' ', '.');
    return key.startsWith("HIERARCH.") ? key.substring("HIERARCH.".length()) : key;
  }
}
