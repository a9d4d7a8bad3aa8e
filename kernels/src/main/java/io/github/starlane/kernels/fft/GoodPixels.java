package io.github.starlane.kernels.fft;

/** Sums over the finite pixels of an image. */
final class GoodPixels {

  private GoodPixels() {}

  static boolean isGood(float pixel) {
    return Math.abs(pixel) <= Float.MAX_VALUE;
  }

  /** Number and mean of the good pixels; a mean of 0 if there are none. */
  static double[] countAndMean(float[] pixels) {
    double sum = 0;
    int count = 0;
    for (float pixel : pixels) {
      if (isGood(pixel)) {
        sum += pixel;
        count++;
      }
    }
    return new double[] {count, count == 0 ? 0 : sum / count};
  }

  /** Sum of the squares of good pixels minus a level. */
  static double sumOfSquares(float[] pixels, double level) {
    double sum = 0;
    for (float pixel : pixels) {
      if (isGood(pixel)) {
        sum += (pixel - level) * (pixel - level);
      }
    }
    return sum;
  }
}
