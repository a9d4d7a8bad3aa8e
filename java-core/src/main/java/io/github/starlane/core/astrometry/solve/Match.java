package io.github.starlane.core.astrometry.solve;

import java.util.Arrays;

/**
 * A mapping between two lists of points and the pairs it brings together.
 *
 * @param map from the first list's plane to the second's
 * @param first indices into the first list
 * @param second indices into the second list, of the same length
 * @param rms root mean square distance of the pairs per axis, in the second list's units
 */
public record Match(PolynomialMap map, int[] first, int[] second, double rms) {

  /** Number of pairs. */
  public int count() {
    return first.length;
  }

  /** Median distance of a set of distances; NaN for none. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
