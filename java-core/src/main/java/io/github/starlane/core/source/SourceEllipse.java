package io.github.starlane.core.source;

/**
 * Centre and second moments of a source's light.
 *
 * @param x column [pixel]
 * @param y row [pixel]
 * @param xx second central moment along x [pixel²]
 * @param yy second central moment along y [pixel²]
 * @param xy mixed second moment [pixel²]
 */
record SourceEllipse(double x, double y, double xx, double yy, double xy) {

  /** A round one. */
  static SourceEllipse round(double x, double y, double sigma) {
    return new SourceEllipse(x, y, sigma * sigma, sigma * sigma, 0);
  }

  /** Rms along the major axis [pixel]. */
  double major() {
    return Math.sqrt((xx + yy) / 2 + Math.hypot((xx - yy) / 2, xy));
  }

  /** Rms along the minor axis [pixel]. */
  double minor() {
    return Math.sqrt(Math.max(0, (xx + yy) / 2 - Math.hypot((xx - yy) / 2, xy)));
  }

  /** Of the major axis, from x towards y [rad]. */
  double angle() {
    return 0.5 * Math.atan2(2 * xy, xx - yy);
  }

  /** xx yy − xy². */
  double determinant() {
    return xx * yy - xy * xy;
  }

  /** Rms of the circle of the same area [pixel]. */
  double meanRadius() {
    return Math.pow(determinant(), 0.25);
  }

  /** Square of the distance from the centre in units of the ellipse's own size. */
  double squaredDistance(double px, double py) {
    double dx = px - x;
    double dy = py - y;
    return (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / determinant();
  }
}
