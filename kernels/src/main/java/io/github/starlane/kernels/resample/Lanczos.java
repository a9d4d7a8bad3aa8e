package io.github.starlane.kernels.resample;

/** The Lanczos-3 kernel: sinc(d) · sinc(d / 3) for |d| &lt; 3, its taps normalised to unit sum. */
final class Lanczos {

  static final int TAPS = 6;

  /**
   * An output pixel needs half of its weight from good pixels; less than a half by rounding alone
   * passes.
   */
  static final float LEAST_WEIGHT = 0.5f - 1e-6f;

  /**
   * Smaller weights are rounding noise of positions on whole pixels, and would let in a NaN that
   * lies next to them.
   */
  static final float NEGLIGIBLE_WEIGHT = 1e-6f;

  private Lanczos() {}

  /**
   * Weights of the six samples around a position.
   *
   * @param fraction position minus its floor, 0 ≤ fraction &lt; 1
   * @param weights result; weight k belongs to sample floor − 2 + k
   */
  static void weights(double fraction, double[] weights) {
    double sum = 0;
    for (int k = 0; k < TAPS; k++) {
      weights[k] = kernel(fraction + 2 - k);
      sum += weights[k];
    }
    for (int k = 0; k < TAPS; k++) {
      weights[k] /= sum;
    }
  }

  private static double kernel(double d) {
    if (d == 0) {
      return 1;
    }
    // At whole distances the sine is rounding noise; the kernel is exactly 0 there.
    if (d == Math.rint(d) || Math.abs(d) >= 3) {
      return 0;
    }
    double angle = Math.PI * d;
    return 3 * Math.sin(angle) * Math.sin(angle / 3) / (angle * angle);
  }
}
