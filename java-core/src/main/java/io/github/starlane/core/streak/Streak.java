package io.github.starlane.core.streak;

import io.github.starlane.kernels.radon.Band;

/**
 * A straight line of light.
 *
 * @param first end, the one farther to the left
 * @param second end
 * @param fwhm full width at half maximum of the cross-section [pixel], the PSF included
 * @param fwhmError its standard error [pixel]
 * @param signalToNoise of all its light
 * @param fluxPerLength light per pixel of length [unit of the image]
 * @param fluxPerLengthError its standard error
 * @param chiSquare χ² of the fitted cross-section per degree of freedom, within 1.5 FWHM
 * @param kind what it is
 */
public record Streak(
    StreakEnd first,
    StreakEnd second,
    double fwhm,
    double fwhmError,
    double signalToNoise,
    double fluxPerLength,
    double fluxPerLengthError,
    double chiSquare,
    StreakKind kind) {

  /** Least half-width of the band that a streak spoils [pixel]. */
  private static final double LEAST_HALF_WIDTH = 3;

  /** Distance of the ends [pixel]. */
  public double length() {
    return Math.hypot(second.x() - first.x(), second.y() - first.y());
  }

  /** Direction from the x axis towards the y axis [degree], in (−90, 90]. */
  public double angle() {
    double angle = Math.toDegrees(Math.atan2(second.y() - first.y(), second.x() - first.x()));
    return angle > 90 ? angle - 180 : angle <= -90 ? angle + 180 : angle;
  }

  /** All its light in the image [unit of the image]. */
  public double flux() {
    return fluxPerLength * length();
  }

  /** Standard error of {@link #flux}, that of the ends included. */
  public double fluxError() {
    double ends = Math.hypot(error(first), error(second)) * fluxPerLength;
    return Math.hypot(fluxPerLengthError * length(), ends);
  }

  /** Error of an end along the streak. */
  private double error(StreakEnd end) {
    double dx = (second.x() - first.x()) / length();
    double dy = (second.y() - first.y()) / length();
    return Math.hypot(dx * end.xError(), dy * end.yError());
  }

  /** What its light spoils: max(3 pixels, FWHM) to either side. */
  public Band band() {
    return new Band(first.x(), first.y(), second.x(), second.y(), Math.max(LEAST_HALF_WIDTH, fwhm));
  }

  /** The same as another kind. */
  Streak as(StreakKind other) {
    return new Streak(
        first,
        second,
        fwhm,
        fwhmError,
        signalToNoise,
        fluxPerLength,
        fluxPerLengthError,
        chiSquare,
        other);
  }
}
