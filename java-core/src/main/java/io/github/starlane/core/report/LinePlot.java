package io.github.starlane.core.report;

import java.util.List;

/**
 * A quantity that changes along x: dots joined by a line; where a value is not known the line
 * breaks.
 *
 * @param title what is shown
 * @param xLabel name and unit along x
 * @param yLabel name and unit along y
 * @param points in order of x
 */
record LinePlot(String title, String xLabel, String yLabel, List<Point> points) {

  /**
   * One dot.
   *
   * @param x position
   * @param y value; NaN if not known
   * @param doubtful drawn in the warning colour
   * @param tip shown when the pointer rests on it
   */
  record Point(double x, double y, boolean doubtful, String tip) {}

  /** The picture, or null if there is nothing to draw. */
  String svg() {
    Axis vertical = Axis.linear(yLabel, points.stream().mapToDouble(Point::y).toArray());
    Axis horizontal = Axis.linear(xLabel, points.stream().mapToDouble(Point::x).toArray());
    if (vertical == null || horizontal == null) {
      return null;
    }
    PlotFrame frame = new PlotFrame(horizontal, vertical);
    Svg svg = new Svg(PlotFrame.WIDTH, PlotFrame.HEIGHT, title);
    frame.draw(svg);
    svg.path("curve", curve(frame));
    for (Point point : points) {
      if (frame.contains(point.x, point.y)) {
        String style = point.doubtful ? "dot doubtful" : "dot";
        svg.circle(style, frame.x(point.x), frame.y(point.y), 3.4, point.tip);
      }
    }
    return svg.end();
  }

  private String curve(PlotFrame frame) {
    StringBuilder data = new StringBuilder();
    boolean joined = false;
    for (Point point : points) {
      boolean known = frame.contains(point.x, point.y);
      if (known) {
        data.append(joined ? 'L' : 'M')
            .append(Svg.coordinate(frame.x(point.x)))
            .append(' ')
            .append(Svg.coordinate(frame.y(point.y)));
      }
      joined = known;
    }
    return data.toString();
  }
}
