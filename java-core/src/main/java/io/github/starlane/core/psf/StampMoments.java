package io.github.starlane.core.psf;

/**
 * Second moments of fitted stars in one and the same Gaussian window, so that they can be compared
 * all over a camera: those of the selection are in windows that differ from crop to crop.
 */
final class StampMoments {
  /** Beyond so many widths of the window a missing pixel does no harm. */
  private static final double HARMLESS = 2.5;

  private final double window;
  private double[] alongX = new double[0];

  /**
   * A measurement.
   *
   * @param window its σ [pixel]
   */
  StampMoments(double window) {
    this.window = window;
  }

  /** Measures all stars, at their fitted positions; NaN where that cannot be done. */
  void measure(StampSet stars) {
    for (int s = 0; s < stars.count(); s++) {
      measure(stars, s);
    }
  }

  private void measure(StampSet stars, int s) {
    PsfStars part = stars.part[s];
    int size = part.size();
    double x = stars.x[s] - part.x0()[stars.index[s]];
    double y = stars.y[s] - part.y0()[stars.index[s]];
    alongX = alongX.length < size ? new double[size] : alongX;
    for (int i = 0; i < size; i++) {
      alongX[i] = gauss(i - x);
    }
    double sum = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    int at = stars.index[s] * size * size;
    for (int j = 0; j < size; j++) {
      double dy = j - y;
      double alongY = gauss(dy);
      for (int i = 0; i < size; i++, at++) {
        double dx = i - x;
        float pixel = part.pixels()[at];
        if (!Float.isNaN(pixel)) {
          double w = alongX[i] * alongY * (pixel - stars.sky[s]);
          sum += w;
          xx += w * dx * dx;
          yy += w * dy * dy;
          xy += w * dx * dy;
        } else if (dx * dx + dy * dy < HARMLESS * HARMLESS * window * window) {
          sum = Double.NaN;
        }
      }
    }
    write(stars, s, xx / sum, yy / sum, xy / sum);
  }

  private double gauss(double d) {
    return Math.exp(-0.5 * d * d / (window * window));
  }

  /** For a Gaussian source C⁻¹ = M⁻¹ − 1 / window², less the pixel's own moments. */
  private void write(StampSet stars, int s, double xx, double yy, double xy) {
    double determinant = xx * yy - xy * xy;
    double a = yy / determinant - 1 / (window * window);
    double b = xx / determinant - 1 / (window * window);
    double c = -xy / determinant;
    double inverse = a * b - c * c;
    boolean valid = determinant > 0 && a > 0 && b > 0 && inverse > 0;
    stars.xx[s] = valid ? b / inverse - StarMoments.PIXEL : Double.NaN;
    stars.yy[s] = valid ? a / inverse - StarMoments.PIXEL : Double.NaN;
    stars.xy[s] = valid ? -c / inverse : Double.NaN;
  }
}
