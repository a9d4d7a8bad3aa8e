package io.github.starlane.core.report;

import java.util.List;
import java.util.Locale;

/**
 * A quantity over the field, one coloured tile per crop.
 *
 * @param title what is shown, with its unit
 * @param width of the field, pixels
 * @param height of the field, pixels
 * @param tiles one per crop
 * @param decimals of the numbers shown
 */
record HeatMap(String title, double width, double height, List<Tile> tiles, int decimals) {

  private static final double LONGEST_SIDE = 300;

  /** Viridis (S. van der Walt, N. Smith 2015) at nine equal steps. */
  private static final int[] COLOURS = {
    0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
  };

  /**
   * A rectangle of the field with its value.
   *
   * @param x left edge, pixels from the field's left edge
   * @param y lower edge, pixels from the field's lower edge
   * @param width pixels
   * @param height pixels
   * @param value NaN if not known
   * @param name of the crop
   */
  record Tile(double x, double y, double width, double height, double value, String name) {}

  /** The picture, or null if no value is known. */
  String svg() {
    double[] known =
        tiles.stream().mapToDouble(Tile::value).filter(Double::isFinite).sorted().toArray();
    if (known.length == 0 || width <= 0 || height <= 0) {
      return null;
    }
    double low = known[0];
    double high = known[known.length - 1];
    double scale = LONGEST_SIDE / Math.max(width, height);
    double left = Math.max(2, (LONGEST_SIDE - width * scale) / 2);
    Svg svg = new Svg(LONGEST_SIDE + 4, height * scale + 44, title);
    for (Tile tile : tiles) {
      draw(svg, tile, left, scale, low, high);
    }
    colourBar(svg, height * scale + 14, low, high);
    return svg.end();
  }

  private void draw(Svg svg, Tile tile, double left, double scale, double low, double high) {
    double x = left + tile.x * scale;
    double y = 2 + (height - tile.y - tile.height) * scale;
    double w = tile.width * scale - 1;
    double h = tile.height * scale - 1;
    String text = Markup.number(tile.value, decimals);
    String tip = tile.name + ": " + text;
    if (Double.isFinite(tile.value)) {
      double level = high > low ? (tile.value - low) / (high - low) : 0.5;
      svg.tile(colour(level), x, y, w, h, tip);
      if (w > 7.4 * text.length() && h > 14) {
        svg.colouredText(level > 0.6 ? "#102030" : "#ffffff", x + w / 2, y + h / 2 + 4, text);
      }
    } else {
      svg.rectangle("unknown", x, y, w, h, tip);
    }
  }

  private void colourBar(Svg svg, double y, double low, double high) {
    double step = (LONGEST_SIDE - 100) / COLOURS.length;
    for (int i = 0; i < COLOURS.length; i++) {
      svg.tile(hex(COLOURS[i]), 50 + i * step, y, step + 0.3, 9, null);
    }
    svg.text("tick", 44, y + 9, "end", Markup.number(low, decimals));
    svg.text("tick", LONGEST_SIDE - 44, y + 9, "start", Markup.number(high, decimals));
  }

  /** Colour of a level between 0 and 1. */
  static String colour(double level) {
    double position = Math.clamp(level, 0, 1) * (COLOURS.length - 1);
    int index = Math.min((int) position, COLOURS.length - 2);
    double rest = position - index;
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = COLOURS[index] >> shift & 0xff;
      int to = COLOURS[index + 1] >> shift & 0xff;
      mixed |= (int) Math.round(from + rest * (to - from)) << shift;
    }
    return hex(mixed);
  }

  private static String hex(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }
}
