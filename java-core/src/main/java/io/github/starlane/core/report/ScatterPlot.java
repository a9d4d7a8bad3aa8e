package io.github.starlane.core.report;

import io.github.starlane.core.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Many points on logarithmic y, with a curve of what is expected of them.
 *
 * @param title what is shown
 * @param xLabel name and unit along x
 * @param yLabel name and unit along y
 * @param points in any order
 */
record ScatterPlot(String title, String xLabel, String yLabel, List<Point> points) {

  /** More dots than this only make the page heavy; the rest are left out evenly. */
  private static final int MOST_DOTS = 2500;

  private static final int CURVE_BINS = 40;

  /** Fraction at each end that the axes need not cover. */
  private static final double OUTERMOST = 0.005;

  private static final int ENOUGH_TO_TRIM = 20;
  private static final int STARS_PER_BIN = 8;

  /**
   * One point.
   *
   * @param x position
   * @param y value, positive
   * @param expected value that is expected there, or NaN
   */
  record Point(double x, double y, double expected) {}

  /** The picture, or null if there is nothing to draw. */
  String svg() {
    List<Point> curve = expectedCurve();
    Axis vertical =
        Axis.logarithmic(yLabel, concat(central(Point::y), curve.stream().mapToDouble(Point::y)));
    Axis horizontal = Axis.linear(xLabel, central(Point::x).toArray());
    if (vertical == null || horizontal == null) {
      return null;
    }
    PlotFrame frame = new PlotFrame(horizontal, vertical);
    Svg svg = new Svg(PlotFrame.WIDTH, PlotFrame.HEIGHT, title);
    frame.draw(svg);
    svg.path("cloud", cloud(frame));
    if (!curve.isEmpty()) {
      svg.path("expected", polyline(frame, curve));
    }
    long outside = points.stream().filter(p -> isOutside(frame, p)).count();
    if (outside > 0) {
      svg.text("tick", PlotFrame.WIDTH - 20, 24, "end", Markup.plural(outside, "star") + " beyond");
    }
    return svg.end();
  }

  private static boolean isOutside(PlotFrame frame, Point p) {
    return Double.isFinite(p.x) && p.y > 0 && !frame.contains(p.x, p.y);
  }

  /** The values without the outermost few, so that one wild star does not squeeze the others. */
  private DoubleStream central(ToDoubleFunction<Point> coordinate) {
    double[] sorted =
        points.stream().mapToDouble(coordinate).filter(v -> Double.isFinite(v)).sorted().toArray();
    int left = sorted.length < ENOUGH_TO_TRIM ? 0 : (int) Math.ceil(OUTERMOST * sorted.length);
    return Arrays.stream(sorted, left, sorted.length - left);
  }

  private static double[] concat(DoubleStream a, DoubleStream b) {
    return DoubleStream.concat(a, b).toArray();
  }

  /** Dots of zero length with round caps: a tenth of the size of as many circles. */
  private String cloud(PlotFrame frame) {
    int stride = Math.ceilDiv(Math.max(1, points.size()), MOST_DOTS);
    StringBuilder data = new StringBuilder();
    for (int i = 0; i < points.size(); i += stride) {
      Point point = points.get(i);
      if (frame.contains(point.x, point.y)) {
        data.append('M')
            .append(Svg.coordinate(frame.x(point.x)))
            .append(' ')
            .append(Svg.coordinate(frame.y(point.y)))
            .append("h0");
      }
    }
    return data.toString();
  }

  /** Medians of the expected values in bins of x, so that stars' own differences average out. */
  private List<Point> expectedCurve() {
    List<Point> known =
        points.stream()
            .filter(p -> Double.isFinite(p.x) && Double.isFinite(p.expected) && p.expected > 0)
            .sorted(Comparator.comparingDouble(Point::x))
            .toList();
    int bins = Math.min(CURVE_BINS, Math.ceilDiv(known.size(), STARS_PER_BIN));
    List<Point> curve = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      int from = bin * known.size() / bins;
      int to = (bin + 1) * known.size() / bins;
      List<Point> members = known.subList(from, to);
      curve.add(
          new Point(
              Statistics.median(members.stream().mapToDouble(Point::x)),
              Statistics.median(members.stream().mapToDouble(Point::expected)),
              Double.NaN));
    }
    return curve;
  }

  private static String polyline(PlotFrame frame, List<Point> curve) {
    StringBuilder data = new StringBuilder();
    for (Point point : curve) {
      data.append(data.isEmpty() ? 'M' : 'L')
          .append(Svg.coordinate(frame.x(point.x)))
          .append(' ')
          .append(Svg.coordinate(frame.y(point.y)));
    }
    return data.toString();
  }
}
