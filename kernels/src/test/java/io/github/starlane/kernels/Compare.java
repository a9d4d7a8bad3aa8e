package io.github.starlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;

/** Comparison of planes that names the first pixel that differs. */
public final class Compare {

  private Compare() {}

  /** Each value within {@code absolute + relative · |expected|}; NaN only where expected. */
  public static void close(
      String what, float[] actual, float[] expected, double absolute, double relative) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double tolerance = absolute + relative * Math.abs(expected[i]);
      boolean same =
          Float.isNaN(expected[i])
              ? Float.isNaN(actual[i])
              : actual[i] == expected[i] || Math.abs((double) actual[i] - expected[i]) <= tolerance;
      if (!same) {
        throw new AssertionError(
            "%s: pixel %d is %s, expected %s within %.3g"
                .formatted(what, i, actual[i], expected[i], tolerance));
      }
    }
  }

  /** As above for doubles. */
  public static void close(
      String what, double[] actual, double[] expected, double absolute, double relative) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double tolerance = absolute + relative * Math.abs(expected[i]);
      boolean same =
          Double.isNaN(expected[i])
              ? Double.isNaN(actual[i])
              : actual[i] == expected[i] || Math.abs(actual[i] - expected[i]) <= tolerance;
      if (!same) {
        throw new AssertionError(
            "%s: entry %d is %s, expected %s within %.3g"
                .formatted(what, i, actual[i], expected[i], tolerance));
      }
    }
  }
}
