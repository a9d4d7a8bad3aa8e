package io.github.starlane.testdata;

/**
 * The shape of a PSF of unit area: the squared elliptical radius of an offset (dx, dy) is {@code xx
 * dx² + 2 xy dx dy + yy dy²}, and its determinant is 1, so that an ellipse has the area of the
 * circle with the same radius.
 *
 * @param xx coefficient of dx²
 * @param xy half the coefficient of dx dy
 * @param yy coefficient of dy²
 */
public record Ellipse(double xx, double xy, double yy) {
  /** A circle. */
  public static final Ellipse ROUND = new Ellipse(1, 0, 1);

  /**
   * The ellipse of a given ellipticity.
   *
   * @param e1 (1 − b/a) cos 2θ
   * @param e2 (1 − b/a) sin 2θ, θ from +x towards +y to the major axis
   */
  public static Ellipse ofEllipticity(double e1, double e2) {
    double e = Math.hypot(e1, e2);
    if (e < 1e-12) {
      return ROUND;
    }
    double ratio = 1 - e;
    double mean = (ratio + 1 / ratio) / 2;
    double half = (ratio - 1 / ratio) / 2;
    return new Ellipse(mean + half * e1 / e, half * e2 / e, mean - half * e1 / e);
  }

  /** Squared elliptical radius of an offset. */
  double radius2(double dx, double dy) {
    return (xx * dx + 2 * xy * dy) * dx + yy * dy * dy;
  }

  /** Major semi-axis of the ellipse of unit radius. */
  double stretch() {
    // Eigenvalues of the form are q and 1/q; the smaller one belongs to the major axis.
    double mean = (xx + yy) / 2;
    double smaller = mean - Math.sqrt(Math.max(0, mean * mean - 1));
    return 1 / Math.sqrt(smaller);
  }
}
