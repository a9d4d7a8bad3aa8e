package io.github.starlane.kernels.aperture;

/** Level and robust deviation of the pixels whose centres lie in a ring. Mutable. */
abstract class Annulus {

  /** Standard deviation of a Gaussian over its median absolute deviation. */
  private static final double SIGMA_PER_MAD = 1.4826022185056018;

  /** The mode is taken of values within so many deviations of the median. */
  private static final double CLIP = 3;

  /** Level; 0 without a ring, NaN where the ring has no good pixel. */
  double level;

  /** 1.4826 · MAD; 0 without a ring, NaN where it has no good pixel. */
  double deviation;

  /** Good pixels. */
  int count;

  /** Room for the good pixels, and for a vector more. */
  final float[] values;

  private final float[] distances;

  /** More lanes than a vector has. */
  private static final int ROOM = 64;

  private final ApertureParameters parameters;

  Annulus(ApertureParameters parameters) {
    this.parameters = parameters;
    int edge = 2 * (int) Math.ceil(Math.max(0, parameters.annulusOuter())) + 3;
    values = new float[edge * edge + ROOM];
    distances = new float[edge * edge + ROOM];
  }

  /** Fills {@link #values} with the good pixels around a position and returns their number. */
  abstract int gather(double x, double y);

  /** The value of a rank among the first {@link #count} of an array; may reorder them. */
  abstract float ranked(float[] array, int rank);

  /** Whether there is a ring. */
  final boolean isWanted() {
    return parameters.annulusOuter() > parameters.annulusInner();
  }

  final void measure(double x, double y) {
    count = 0;
    level = 0;
    deviation = 0;
    if (!isWanted()) {
      return;
    }
    count = gather(x, y);
    if (count == 0) {
      level = Double.NaN;
      deviation = Double.NaN;
      return;
    }
    double median = middle(values, 0, count);
    for (int i = 0; i < count; i++) {
      distances[i] = (float) Math.abs(values[i] - median);
    }
    deviation = SIGMA_PER_MAD * middle(distances, 0, count);
    boolean wantsMode = parameters.annulusLevel() == ApertureParameters.Level.MODE;
    level = wantsMode ? mode(median) : median;
  }

  /** Variance of the level, in units of the annulus's variance; NaN without a good pixel. */
  final double levelVariance() {
    if (count == 0) {
      return Double.NaN;
    }
    double ofMedian = Math.PI / 2;
    // Variance of 3 median − 2 mean; median and mean of a Gaussian have covariance σ² / n.
    double perPixel =
        parameters.annulusLevel() == ApertureParameters.Level.MODE ? 9 * ofMedian - 8 : ofMedian;
    return perPixel / count;
  }

  /** Median of the values of ranks from … to − 1. */
  private double middle(float[] array, int from, int to) {
    int n = to - from;
    double upper = ranked(array, from + n / 2);
    return n % 2 == 1 ? upper : 0.5 * (upper + ranked(array, from + n / 2 - 1));
  }

  private double mode(double median) {
    double low = median - CLIP * deviation;
    double high = median + CLIP * deviation;
    int below = 0;
    int above = 0;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      float value = values[i];
      if (value < low) {
        below++;
      } else if (value > high) {
        above++;
      } else {
        sum += value - median;
      }
    }
    double clipped = middle(values, below, count - above);
    double mean = median + sum / (count - above - below);
    return 3 * clipped - 2 * mean;
  }
}
