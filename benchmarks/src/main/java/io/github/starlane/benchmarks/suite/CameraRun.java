package io.github.starlane.benchmarks.suite;

/**
 * How long visits of several cameras took that were reduced side by side.
 *
 * @param cameras how many
 * @param seconds from the start of the first to the end of the last [s]
 * @param megapixelsPerSecond raw science pixels of all cameras over that time [Mpix/s]
 * @param scaling that rate over the rate of the suite's first run
 */
public record CameraRun(int cameras, double seconds, double megapixelsPerSecond, double scaling) {

  /** Time in which a LAST camera takes its next visit [s]. */
  public static final double CADENCE = 400;

  /** Visits of this size that are done while a LAST camera takes its next one. */
  public double visitsInCadence() {
    return CADENCE * cameras / seconds;
  }
}
