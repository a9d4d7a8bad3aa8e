package io.github.starlane.kernels.aperture;

import java.util.Arrays;

/** The plain version: sorts. */
final class ScalarAnnulus extends Annulus {

  private final GoodPixels pixels;
  private final double inner;
  private final double outer;

  ScalarAnnulus(GoodPixels pixels, ApertureParameters parameters) {
    super(parameters);
    this.pixels = pixels;
    this.inner = parameters.annulusInner();
    this.outer = parameters.annulusOuter();
  }

  @Override
  int gather(double x, double y) {
    int n = 0;
    int lastRow = pixels.lastRow(y + outer);
    int lastColumn = pixels.lastColumn(x + outer);
    for (int row = pixels.firstRow(y - outer); row <= lastRow; row++) {
      for (int column = pixels.firstColumn(x - outer); column <= lastColumn; column++) {
        double square = (column - x) * (column - x) + (row - y) * (row - y);
        if (square >= inner * inner && square <= outer * outer && pixels.isGood(column, row)) {
          values[n++] = pixels.value(column, row);
        }
      }
    }
    return n;
  }

  @Override
  float ranked(float[] array, int rank) {
    Arrays.sort(array, 0, count);
    return array[rank];
  }
}
