package io.github.starlane.core.fits;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rectangle of pixels: 0-based first column and row, and a size.
 *
 * @param x first column, 0-based
 * @param y first row, 0-based
 * @param width columns
 * @param height rows
 */
public record Section(int x, int y, int width, int height) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\[?\\s*(-?\\d{1,9})[\\s:,]+(-?\\d{1,9})[\\s,]+(-?\\d{1,9})[\\s:,]+(-?\\d{1,9})\\s*\\]?");

  /**
   * Reads a FITS section, {@code [x1:x2,y1:y2]} or as LAST writes it {@code [x1 x2 y1 y2]}:
   * 1-based, both ends included.
   *
   * @return empty if the text is no such section or holds no pixel
   */
  public static Optional<Section> parse(String text) {
    Matcher m = FORM.matcher(text.strip());
    if (!m.matches()) {
      return Optional.empty();
    }
    int x1 = Integer.parseInt(m.group(1));
    int x2 = Integer.parseInt(m.group(2));
    int y1 = Integer.parseInt(m.group(3));
    int y2 = Integer.parseInt(m.group(4));
    boolean valid = x1 >= 1 && y1 >= 1 && x2 >= x1 && y2 >= y1;
    return valid
        ? Optional.of(new Section(x1 - 1, y1 - 1, x2 - x1 + 1, y2 - y1 + 1))
        : Optional.empty();
  }

  /** Whether this lies inside an image of that size. */
  public boolean fits(int imageWidth, int imageHeight) {
    return x >= 0 && y >= 0 && x + width <= imageWidth && y + height <= imageHeight;
  }

  /** As LAST writes it: {@code [x1 x2 y1 y2]}, 1-based, both ends included. */
  public String toLast() {
    return "[" + (x + 1) + " " + (x + width) + " " + (y + 1) + " " + (y + height) + "]";
  }
}
