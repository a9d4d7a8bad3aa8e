package io.github.starlane.core.fits;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCard;
import nom.tam.fits.HeaderCardException;

/**
 * Header cards to be written, in order. Values that are NaN or null are left out: FITS has no card
 * for them.
 */
public final class FitsCards {

  private record Card(String keyword, Object value, String comment) {}

  private final List<Card> list = new ArrayList<>();
  private final Map<String, String> comments = new LinkedHashMap<>();

  /** Adds or replaces a card. */
  public FitsCards put(String keyword, Object value, String comment) {
    list.removeIf(card -> card.keyword().equals(keyword));
    comments.put(keyword, comment);
    boolean missing =
        value == null || (value instanceof Number n && !Double.isFinite(n.doubleValue()));
    if (!missing) {
      list.add(new Card(keyword, value, comment));
    }
    return this;
  }

  /** Adds all cards of another list. */
  public FitsCards putAll(FitsCards other) {
    other.list.forEach(card -> put(card.keyword(), card.value(), card.comment()));
    comments.putAll(other.comments);
    return this;
  }

  /** What every keyword means, also of those that are left out for want of a value. */
  public Map<String, String> comments() {
    return Collections.unmodifiableMap(comments);
  }

  /** Adds a HISTORY card. */
  public FitsCards history(String text) {
    list.add(new Card("HISTORY", text, ""));
    return this;
  }

  /** Appends the cards to a header. */
  void addTo(Header header) {
    try {
      if (list.stream().anyMatch(FitsCards::isLong)) {
        header.addLine(new HeaderCard("LONGSTRN", "OGIP 1.0", "long texts use CONTINUE cards"));
      }
      for (Card card : list) {
        if (card.keyword().equals("HISTORY")) {
          header.insertHistory(ascii(String.valueOf(card.value())));
        } else {
          header.addLine(toHeaderCard(card));
        }
      }
    } catch (HeaderCardException e) {
      throw new IllegalArgumentException("a header card cannot be written: " + e.getMessage(), e);
    }
  }

  /** Whether a text does not find room between the quotes of one card. */
  private static boolean isLong(Card card) {
    return card.value() instanceof String text
        && !card.keyword().equals("HISTORY")
        && text.length() > HeaderCard.MAX_STRING_VALUE_LENGTH;
  }

  private static HeaderCard toHeaderCard(Card card) throws HeaderCardException {
    Object value = card.value();
    String comment = ascii(card.comment());
    if (value instanceof Boolean logical) {
      return new HeaderCard(card.keyword(), logical, comment);
    } else if (value instanceof Number number) {
      return new HeaderCard(card.keyword(), number, comment);
    }
    return new HeaderCard(card.keyword(), ascii(String.valueOf(value)), comment);
  }

  /** FITS headers are ASCII: spells out the few signs that are used in comments. */
  static String ascii(String text) {
    String plain =
        text.replace("×", "x")
            .replace("σ", "sigma")
            .replace("²", "^2")
            .replace("–", "-")
            .replace("−", "-");
    return plain.replace("é", "e").replaceAll("[^ -~]", "?");
  }
}
