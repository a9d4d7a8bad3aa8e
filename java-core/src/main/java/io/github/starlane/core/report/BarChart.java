package io.github.starlane.core.report;

import java.util.List;

/**
 * Lengths side by side, one bar per line.
 *
 * @param title what is shown
 * @param bars from top to bottom
 */
record BarChart(String title, List<Bar> bars) {

  private static final double WIDTH = 720;
  private static final double ROW = 26;
  private static final double LABELS = 170;
  private static final double VALUES = 190;

  /**
   * One bar.
   *
   * @param name at its left
   * @param value its length; NaN or below zero draws none
   * @param text at its right
   */
  record Bar(String name, double value, String text) {}

  /** The picture, or null if there are no bars. */
  String svg() {
    if (bars.isEmpty()) {
      return null;
    }
    double longest = bars.stream().mapToDouble(Bar::value).filter(Double::isFinite).max().orElse(0);
    Svg svg = new Svg(WIDTH, ROW * bars.size() + 4, title);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double y = 2 + i * ROW;
      double length =
          bar.value > 0 && longest > 0 ? bar.value / longest * (WIDTH - LABELS - VALUES) : 0;
      svg.text("barname", LABELS - 10, y + 17, "end", bar.name);
      svg.rectangle("bar", LABELS, y + 4, Math.max(length, 1), ROW - 9, bar.name);
      svg.text("barvalue", LABELS + Math.max(length, 1) + 8, y + 17, "start", bar.text);
    }
    return svg.end();
  }
}
