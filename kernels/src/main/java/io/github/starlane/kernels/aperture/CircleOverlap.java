package io.github.starlane.kernels.aperture;

/** Exact area that a circle and a unit pixel have in common. */
final class CircleOverlap {

  private CircleOverlap() {}

  /**
   * Area of the pixel [dx − ½, dx + ½] × [dy − ½, dy + ½] within radius r of the origin.
   *
   * @param dx pixel centre relative to the circle's [pixel]
   * @param dy likewise
   */
  static double area(double dx, double dy, double r) {
    double nearX = Math.max(0, Math.abs(dx) - 0.5);
    double nearY = Math.max(0, Math.abs(dy) - 0.5);
    if (nearX * nearX + nearY * nearY >= r * r) {
      return 0;
    }
    double farX = Math.abs(dx) + 0.5;
    double farY = Math.abs(dy) + 0.5;
    if (farX * farX + farY * farY <= r * r) {
      return 1;
    }
    return corner(dx + 0.5, dy + 0.5, r)
        - corner(dx - 0.5, dy + 0.5, r)
        - corner(dx + 0.5, dy - 0.5, r)
        + corner(dx - 0.5, dy - 0.5, r);
  }

  /** Signed area of the circle within the rectangle between the origin and (x, y). */
  private static double corner(double x, double y, double r) {
    double a = Math.min(Math.abs(x), r);
    double b = Math.min(Math.abs(y), r);
    double sign = Math.signum(x) * Math.signum(y);
    if (a * a + b * b <= r * r) {
      return sign * a * b;
    }
    // The circle leaves the top edge at t; beyond it the area lies under the arc.
    double t = Math.sqrt(Math.max(0, r * r - b * b));
    return sign * (b * t + underArc(a, r) - underArc(t, r));
  }

  /** ∫₀ᵗ √(r² − s²) ds. */
  private static double underArc(double t, double r) {
    double s = Math.min(t, r);
    return 0.5 * (s * Math.sqrt(Math.max(0, r * r - s * s)) + r * r * Math.asin(s / r));
  }
}
