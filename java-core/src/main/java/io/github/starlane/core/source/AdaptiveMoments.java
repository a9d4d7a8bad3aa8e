package io.github.starlane.core.source;

/**
 * Moments under an elliptical Gaussian window that is made the same as the source (Bernstein &
 * Jarvis 2002, AJ 123, 583, section 3; Hirata & Seljak 2003, MNRAS 343, 459): the centre and the
 * covariance C for which
 *
 * <pre>
 *   Σ w I (r − r₀) = 0,   C = 2 Σ w I (r − r₀)(r − r₀)ᵀ / Σ w I,   w = exp(−½ (r − r₀)ᵀ C⁻¹ (r − r₀))
 * </pre>
 *
 * <p>For a Gaussian source C is its covariance; for others a size of the inner part, finite even
 * where the second moment is not. The PSF is not taken out. Errors by linear propagation of the
 * pixels' noise, with the response of a Gaussian source.
 */
final class AdaptiveMoments {
  private static final int MOST_ITERATIONS = 100;
  private static final double TOLERANCE = 1e-3;

  /** Half a pixel: narrower windows see single pixels. */
  private static final double LEAST_SIGMA = 0.5;

  /** Squared distance beyond which the window is empty: 4 σ. */
  private static final double REACH = 16;

  private final double mostSigma;
  private final double mostShift;

  /**
   * How far the search may go.
   *
   * @param mostSigma largest rms along the major axis [pixel]
   * @param mostShift largest way of the centre, in units of the current rms
   */
  AdaptiveMoments(double mostSigma, double mostShift) {
    this.mostSigma = mostSigma;
    this.mostShift = mostShift;
  }

  /**
   * The fixed point; null if there is none, and an ellipse larger than the bound if there is none
   * within it.
   */
  SourceEllipse measure(Cutout cutout, SourceEllipse start) {
    SourceEllipse e = start;
    for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      SourceEllipse next = step(cutout, e);
      if (next != null && next.major() > mostSigma) {
        return next;
      }
      if (next == null
          || Math.hypot(next.x() - start.x(), next.y() - start.y()) > mostShift * next.major()) {
        return null;
      }
      double change =
          Math.abs(next.xx() - e.xx())
              + Math.abs(next.yy() - e.yy())
              + Math.abs(next.xy() - e.xy());
      double way = Math.hypot(next.x() - e.x(), next.y() - e.y());
      e = next;
      if (change < TOLERANCE * (e.xx() + e.yy()) && way < TOLERANCE * e.minor()) {
        return e;
      }
    }
    return null;
  }

  private static SourceEllipse step(Cutout cutout, SourceEllipse e) {
    double[] s = sums(cutout, e);
    if (!(s[0] > 0)) {
      return null;
    }
    double mx = s[1] / s[0];
    double my = s[2] / s[0];
    double xx = 2 * (s[3] / s[0] - mx * mx);
    double yy = 2 * (s[4] / s[0] - my * my);
    double xy = 2 * (s[5] / s[0] - mx * my);
    // A window of the source's size sees half of the way to its centre.
    SourceEllipse next = new SourceEllipse(e.x() + 2 * mx, e.y() + 2 * my, xx, yy, xy);
    boolean possible = xx > 0 && yy > 0 && next.determinant() > 0;
    return possible && next.minor() > LEAST_SIGMA ? next : null;
  }

  /** Σ w I times 1, dx, dy, dx², dy², dx dy. */
  private static double[] sums(Cutout cutout, SourceEllipse e) {
    double one = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    double reach = Math.sqrt(REACH) * e.major();
    double scale = 1 / e.determinant();
    for (int j = cutout.firstRow(e.y() - reach); j <= cutout.lastRow(e.y() + reach); j++) {
      double dy = j - e.y();
      for (int i = cutout.firstColumn(e.x() - reach); i <= cutout.lastColumn(e.x() + reach); i++) {
        double dx = i - e.x();
        double squared = scale * (e.yy() * dx * dx - 2 * e.xy() * dx * dy + e.xx() * dy * dy);
        if (squared < REACH) {
          double light = Math.exp(-0.5 * squared) * cutout.lightAt(i, j);
          one += light;
          x += light * dx;
          y += light * dy;
          xx += light * dx * dx;
          yy += light * dy * dy;
          xy += light * dx * dy;
        }
      }
    }
    return new double[] {one, x, y, xx, yy, xy};
  }

  /**
   * 1-σ errors.
   *
   * @param x of the column [pixel]
   * @param y of the row [pixel]
   * @param major of the rms along the major axis [pixel]
   * @param minor of the rms along the minor axis [pixel]
   * @param angle [rad]
   */
  record Errors(double x, double y, double major, double minor, double angle) {}

  /**
   * Errors of an ellipse that {@link #measure} gave.
   *
   * @param gain electrons per image unit, for the source's own noise
   */
  static Errors errors(Cutout cutout, SourceEllipse e, double gain) {
    double cos = Math.cos(e.angle());
    double sin = Math.sin(e.angle());
    double a2 = e.major() * e.major();
    double b2 = e.minor() * e.minor();
    double[] s = new double[6];
    for (int k = 0; k < cutout.pixels(); k++) {
      double squared = e.squaredDistance(cutout.column(k), cutout.row(k));
      if (squared < REACH && cutout.isGood(k)) {
        double w = Math.exp(-0.5 * squared);
        double v = cutout.variance(k) + Math.max(0, cutout.light(k)) / gain;
        double dx = cutout.column(k) - e.x();
        double dy = cutout.row(k) - e.y();
        double along = cos * dx + sin * dy;
        double across = cos * dy - sin * dx;
        s[0] += w * cutout.light(k);
        s[1] += w * w * v * dx * dx;
        s[2] += w * w * v * dy * dy;
        s[3] += w * w * v * Math.pow(along * along - a2 / 2, 2);
        s[4] += w * w * v * Math.pow(across * across - b2 / 2, 2);
        s[5] += w * w * v * Math.pow(along * across, 2);
      }
    }
    // Twice as the moment of the source is twice that under the window, twice again as the window
    // follows.
    double major = 4 * Math.sqrt(s[3]) / s[0];
    double minor = 4 * Math.sqrt(s[4]) / s[0];
    double mixed = 4 * Math.sqrt(s[5]) / s[0];
    return new Errors(
        2 * Math.sqrt(s[1]) / s[0],
        2 * Math.sqrt(s[2]) / s[0],
        major / (2 * e.major()),
        minor / (2 * e.minor()),
        Math.min(Math.PI / 2, mixed / Math.max(a2 - b2, 1e-12)));
  }
}
