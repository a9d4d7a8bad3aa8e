package io.github.starlane.kernels.aperture;

/** Gaussian-windowed centroid and second moments of one source. Mutable. */
abstract class WindowedMoments {

  private static final int MAXIMUM_ROUNDS = 32;

  /** The centroid stands when it moves less than this [pixel]. */
  private static final double SETTLED = 1e-4;

  double x;
  double y;
  double xx;
  double yy;
  double xy;

  final double windowVariance;
  final double radius;
  double sum;
  double sumX;
  double sumY;
  double sumXX;
  double sumYY;
  double sumXY;

  WindowedMoments(ApertureParameters parameters) {
    this.windowVariance = parameters.momentSigma() * parameters.momentSigma();
    this.radius = parameters.momentRadius();
  }

  /** Measures from a first guess; all NaN where the centroid runs away or nothing is there. */
  final void measure(double startX, double startY, double background) {
    if (radius <= 0) {
      setUnmeasured();
      return;
    }
    x = startX;
    y = startY;
    boolean settled = false;
    for (int round = 0; round < MAXIMUM_ROUNDS && !settled; round++) {
      accumulate(background);
      // The window pulls towards its own centre: the step is doubled (SExtractor manual, XWIN).
      double stepX = 2 * sumX / sum;
      double stepY = 2 * sumY / sum;
      if (!(sum > 0) || !(Math.hypot(x + stepX - startX, y + stepY - startY) <= radius)) {
        setUnmeasured();
        return;
      }
      x += stepX;
      y += stepY;
      settled = Math.abs(stepX) < SETTLED && Math.abs(stepY) < SETTLED;
    }
    if (!settled) {
      setUnmeasured();
      return;
    }
    accumulate(background);
    xx = sumXX / sum - sumX / sum * sumX / sum;
    yy = sumYY / sum - sumY / sum * sumY / sum;
    xy = sumXY / sum - sumX / sum * sumY / sum;
    removeWindow();
  }

  private void setUnmeasured() {
    x = Double.NaN;
    y = Double.NaN;
    xx = Double.NaN;
    yy = Double.NaN;
    xy = Double.NaN;
  }

  /**
   * Sums w (I − background) and its products with dx, dy, dx², dy² and dx dy over the good pixels
   * within {@link #radius} of the present centre.
   */
  abstract void accumulate(double background);

  /**
   * For a Gaussian source of covariance C seen through a window of variance s²: measured⁻¹ = C⁻¹ +
   * 1/s², solved for C. NaN where the source looks wider than the window.
   */
  private void removeWindow() {
    double determinant = xx * yy - xy * xy;
    double a = yy / determinant - 1 / windowVariance;
    double b = xx / determinant - 1 / windowVariance;
    double c = -xy / determinant;
    double inverse = a * b - c * c;
    boolean valid = determinant > 0 && a > 0 && b > 0 && inverse > 0;
    xx = valid ? b / inverse : Double.NaN;
    yy = valid ? a / inverse : Double.NaN;
    xy = valid ? -c / inverse : Double.NaN;
  }
}
