package io.github.starlane.kernels.fft;

import java.util.Locale;

/** What the versions of the autocorrelation share. */
final class Lags {

  private Lags() {}

  static void require(int lagX, int lagY) {
    if (lagX < 0 || lagY < 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "largest lags of %d and %d", lagX, lagY));
    }
  }

  /** Sums of products at the lags, to be read from a plane on which lags wrap around. */
  @FunctionalInterface
  interface Sums {
    double at(int dx, int dy);
  }

  /** The result; lags beyond the image's size are 0. */
  static Autocorrelation normalise(
      int width, int height, int lagX, int lagY, double[] countAndMean, double squares, Sums sums) {
    int columns = 2 * lagX + 1;
    float[] values = new float[Math.multiplyExact(columns, 2 * lagY + 1)];
    int reachX = Math.min(lagX, width - 1);
    int reachY = Math.min(lagY, height - 1);
    for (int dy = -reachY; squares > 0 && dy <= reachY; dy++) {
      for (int dx = -reachX; dx <= reachX; dx++) {
        values[(dy + lagY) * columns + dx + lagX] = (float) (sums.at(dx, dy) / squares);
      }
    }
    int bad = width * height - (int) countAndMean[0];
    return new Autocorrelation(lagX, lagY, values, countAndMean[1], squares, bad);
  }
}
