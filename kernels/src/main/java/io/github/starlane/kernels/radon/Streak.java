package io.github.starlane.kernels.radon;

/**
 * A straight streak.
 *
 * @param x1 column of one end
 * @param y1 row of that end
 * @param x2 column of the other end
 * @param y2 row of the other end
 * @param signalToNoise of all its light
 * @param fluxPerLength light per pixel of length [unit of the image]
 * @param angle direction of the line from the x axis towards the y axis [degree], in (−90, 90]
 * @param fwhm full width at half maximum of the cross-section [pixel]; NaN if it cannot be measured
 */
public record Streak(
    double x1,
    double y1,
    double x2,
    double y2,
    double signalToNoise,
    double fluxPerLength,
    double angle,
    double fwhm) {

  /** Distance of the ends [pixel]. */
  public double length() {
    return Math.hypot(x2 - x1, y2 - y1);
  }
}
