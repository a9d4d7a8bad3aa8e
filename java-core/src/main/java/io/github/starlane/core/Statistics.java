package io.github.starlane.core;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Robust statistics of the values that are finite. */
public final class Statistics {

  /** Standard deviations of a Gaussian in its median absolute deviation: 1 / Φ⁻¹(3/4). */
  public static final double SIGMA_PER_MAD = 1.482602218505602;

  private Statistics() {}

  /** Median of the finite values, the mean of the middle two of an even number; NaN for none. */
  public static double median(DoubleStream values) {
    double[] finite = values.filter(Double::isFinite).toArray();
    Arrays.sort(finite);
    int n = finite.length;
    return n == 0 ? Double.NaN : 0.5 * (finite[(n - 1) / 2] + finite[n / 2]);
  }

  /** As {@link #median(DoubleStream)}; the array is left as it is. */
  public static double median(double[] values) {
    return median(Arrays.stream(values));
  }

  /** As {@link #median(DoubleStream)}; the array is left as it is. */
  public static double median(float[] values) {
    float[] finite = new float[values.length];
    int n = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        finite[n++] = value;
      }
    }
    Arrays.sort(finite, 0, n);
    return n == 0 ? Double.NaN : 0.5 * ((double) finite[(n - 1) / 2] + finite[n / 2]);
  }

  /** 1.4826 × the median absolute deviation from a centre; NaN for no finite value. */
  public static double robustDeviation(double[] values, double centre) {
    return SIGMA_PER_MAD * median(Arrays.stream(values).map(v -> Math.abs(v - centre)));
  }

  /**
   * The value that a fraction of the finite values does not exceed, linear between ranks; NaN for
   * none.
   */
  public static double quantile(double[] values, double fraction) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    if (finite.length == 0) {
      return Double.NaN;
    }
    double rank = fraction * (finite.length - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, finite.length - 1);
    return finite[below] + (rank - below) * (finite[above] - finite[below]);
  }
}
