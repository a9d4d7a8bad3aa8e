package io.github.starlane.core.report;

import java.util.Arrays;
import java.util.List;

/**
 * Small displacements over the field, drawn as enlarged arrows.
 *
 * @param title what is shown
 * @param width of the field, pixels
 * @param height of the field, pixels
 * @param arrows in any order
 */
record ArrowField(String title, double width, double height, List<ReportData.Residual> arrows) {

  private static final int MOST_ARROWS = 400;
  private static final double WIDEST = 368;
  private static final double HIGHEST = 340;
  private static final double LEFT = 58;
  private static final double TOP = 44;

  /** Length in the picture of an arrow longer than nine in ten. */
  private static final double TYPICAL_LENGTH = 22;

  /** The picture, or null if there is nothing to draw. */
  String svg() {
    double[] lengths =
        arrows.stream()
            .mapToDouble(a -> Math.hypot(a.dx(), a.dy()))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    if (lengths.length == 0 || width <= 0 || height <= 0) {
      return null;
    }
    double reference = Axis.roundStep(Math.max(1e-3, lengths[(int) (0.9 * lengths.length)]));
    double enlargement = TYPICAL_LENGTH / reference;
    double scale = Math.min(WIDEST / width, HIGHEST / height);
    double w = width * scale;
    double h = height * scale;
    Svg svg = new Svg(PlotFrame.WIDTH, TOP + h + 40, title);
    PlotFrame frame =
        new PlotFrame(
            Axis.between("x (pixels)", 0.5, width + 0.5),
            Axis.between("y (pixels)", 0.5, height + 0.5),
            LEFT,
            TOP,
            w,
            h);
    frame.draw(svg);
    svg.path("arrow", paths(frame, enlargement));
    drawReference(svg, reference);
    return svg.end();
  }

  private static void drawReference(Svg svg, double reference) {
    StringBuilder data = new StringBuilder();
    appendArrow(data, LEFT, 12, TYPICAL_LENGTH, 0);
    svg.path("arrow", data);
    svg.text("tick", LEFT + TYPICAL_LENGTH + 8, 16, "start", Markup.compact(reference) + " mas");
  }

  private String paths(PlotFrame frame, double enlargement) {
    int stride = Math.ceilDiv(arrows.size(), MOST_ARROWS);
    StringBuilder data = new StringBuilder();
    for (int i = 0; i < arrows.size(); i += stride) {
      ReportData.Residual arrow = arrows.get(i);
      if (frame.contains(arrow.x(), arrow.y()) && Double.isFinite(arrow.dx() + arrow.dy())) {
        // Rows count upwards in the sky image and downwards on the page.
        appendArrow(
            data,
            frame.x(arrow.x()),
            frame.y(arrow.y()),
            limited(arrow.dx() * enlargement),
            limited(-arrow.dy() * enlargement));
      }
    }
    return data.toString();
  }

  /** One wild match must not paint over the field. */
  private static double limited(double length) {
    return Math.clamp(length, -3 * TYPICAL_LENGTH, 3 * TYPICAL_LENGTH);
  }

  private static void appendArrow(StringBuilder data, double x, double y, double dx, double dy) {
    double length = Math.hypot(dx, dy);
    double head = Math.min(4, 0.4 * length);
    double angle = Math.atan2(dy, dx);
    double tipX = x + dx;
    double tipY = y + dy;
    move(data, 'M', x, y);
    move(data, 'L', tipX, tipY);
    for (double side : new double[] {2.6, -2.6}) {
      move(data, 'M', tipX, tipY);
      move(data, 'L', tipX + head * Math.cos(angle + side), tipY + head * Math.sin(angle + side));
    }
  }

  private static void move(StringBuilder data, char command, double x, double y) {
    data.append(command).append(Svg.coordinate(x)).append(' ').append(Svg.coordinate(y));
  }

  /** Root of the mean square residual per axis, milliarcsec, without the worst hundredth. */
  static double rms(List<ReportData.Residual> residuals) {
    double[] squares =
        residuals.stream()
            .mapToDouble(r -> 0.5 * (r.dx() * r.dx() + r.dy() * r.dy()))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    int kept = (int) Math.ceil(0.99 * squares.length);
    return Math.sqrt(Arrays.stream(squares, 0, kept).average().orElse(Double.NaN));
  }
}
