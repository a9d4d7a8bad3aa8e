package io.github.starlane.kernels.aperture;

import java.util.Arrays;

/** Median and robust deviation of the pixels whose centres lie in a ring. Mutable. */
final class Annulus {

  /** Standard deviation of a Gaussian over its median absolute deviation. */
  private static final double SIGMA_PER_MAD = 1.4826022185056018;

  /** Median; 0 without a ring, NaN where the ring has no good pixel. */
  double median;

  /** 1.4826 · MAD; 0 without a ring, NaN where it has no good pixel. */
  double deviation;

  /** Good pixels. */
  int count;

  private final GoodPixels pixels;
  private final double inner;
  private final double outer;
  private final float[] values;

  Annulus(GoodPixels pixels, ApertureParameters parameters) {
    this.pixels = pixels;
    this.inner = parameters.annulusInner();
    this.outer = parameters.annulusOuter();
    int edge = 2 * (int) Math.ceil(Math.max(0, outer)) + 3;
    this.values = new float[edge * edge];
  }

  void measure(double x, double y) {
    count = 0;
    if (outer <= inner) {
      median = 0;
      deviation = 0;
      return;
    }
    int lastRow = pixels.lastRow(y + outer);
    int lastColumn = pixels.lastColumn(x + outer);
    for (int row = pixels.firstRow(y - outer); row <= lastRow; row++) {
      for (int column = pixels.firstColumn(x - outer); column <= lastColumn; column++) {
        double square = (column - x) * (column - x) + (row - y) * (row - y);
        if (square >= inner * inner && square <= outer * outer && pixels.isGood(column, row)) {
          values[count++] = pixels.value(column, row);
        }
      }
    }
    median = medianOfValues();
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.abs(values[i] - median);
    }
    deviation = SIGMA_PER_MAD * medianOfValues();
  }

  private double medianOfValues() {
    if (count == 0) {
      return Double.NaN;
    }
    Arrays.sort(values, 0, count);
    return 0.5 * ((double) values[(count - 1) / 2] + values[count / 2]);
  }
}
