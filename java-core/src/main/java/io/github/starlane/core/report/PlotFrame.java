package io.github.starlane.core.report;

/** The rectangle of a plot with its axes: maps values to the picture's units. */
final class PlotFrame {

  static final double WIDTH = 440;
  static final double HEIGHT = 250;
  private static final double LEFT = 58;
  private static final double RIGHT = 14;
  private static final double TOP = 10;
  private static final double BOTTOM = 40;

  private final Axis horizontal;
  private final Axis vertical;
  private final double left;
  private final double top;
  private final double width;
  private final double height;

  /** A frame that fills a picture of {@link #WIDTH} × {@link #HEIGHT}. */
  PlotFrame(Axis horizontal, Axis vertical) {
    this(horizontal, vertical, LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM);
  }

  PlotFrame(Axis horizontal, Axis vertical, double left, double top, double width, double height) {
    this.horizontal = horizontal;
    this.vertical = vertical;
    this.left = left;
    this.top = top;
    this.width = width;
    this.height = height;
  }

  double x(double value) {
    return left + horizontal.fraction(value) * width;
  }

  double y(double value) {
    return top + (1 - vertical.fraction(value)) * height;
  }

  boolean contains(double xValue, double yValue) {
    return horizontal.contains(xValue) && vertical.contains(yValue);
  }

  /** Draws grid, tick labels and axis labels. */
  void draw(Svg svg) {
    svg.rectangle("frame", left, top, width, height, null);
    for (Axis.Tick tick : horizontal.ticks((int) Math.max(3, width / 62))) {
      double x = x(tick.value());
      svg.line("grid", x, top, x, top + height);
      svg.text("tick", x, top + height + 15, "middle", tick.text());
    }
    for (Axis.Tick tick : vertical.ticks((int) Math.max(3, height / 42))) {
      double y = y(tick.value());
      svg.line("grid", left, y, left + width, y);
      svg.text("tick", left - 6, y + 4, "end", tick.text());
    }
    svg.text("label", left + width / 2, top + height + 33, "middle", horizontal.label());
    svg.verticalText("label", 13, top + height / 2, vertical.label());
  }
}
