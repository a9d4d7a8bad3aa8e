package io.github.starlane.core.psf;

/**
 * Distance from a centre, measured by ellipses that have the area of the circle of that radius: r²
 * = xx dx² + 2 xy dx dy + yy dy² with determinant 1.
 *
 * @param xx coefficient of dx²
 * @param yy coefficient of dy²
 * @param xy half the coefficient of dx dy
 */
record EllipticalRadius(double xx, double yy, double xy) {

  /** By the isophotes of a source of these second moments. */
  static EllipticalRadius ofMoments(double xx, double yy, double xy) {
    double area = Math.sqrt(xx * yy - xy * xy);
    return new EllipticalRadius(yy / area, xx / area, -xy / area);
  }

  /** Radius of an offset [pixel]. */
  double of(double dx, double dy) {
    return Math.sqrt(xx * dx * dx + 2 * xy * dx * dy + yy * dy * dy);
  }
}
