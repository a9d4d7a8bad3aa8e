package io.github.starlane.kernels.aperture;

/** The plain version: every pixel of a box in turn. */
final class ScalarMoments extends WindowedMoments {

  private final GoodPixels pixels;

  ScalarMoments(GoodPixels pixels, ApertureParameters parameters) {
    super(parameters);
    this.pixels = pixels;
  }

  @Override
  void accumulate(double background) {
    sum = 0;
    sumX = 0;
    sumY = 0;
    sumXX = 0;
    sumYY = 0;
    sumXY = 0;
    int lastRow = pixels.lastRow(y + radius);
    int firstColumn = pixels.firstColumn(x - radius);
    int lastColumn = pixels.lastColumn(x + radius);
    for (int row = pixels.firstRow(y - radius); row <= lastRow; row++) {
      double dy = row - y;
      for (int column = firstColumn; column <= lastColumn; column++) {
        double dx = column - x;
        double square = dx * dx + dy * dy;
        if (square <= radius * radius && pixels.isGood(column, row)) {
          double weight = Math.exp(-0.5 * square / windowVariance);
          double value = weight * (pixels.value(column, row) - background);
          sum += value;
          sumX += value * dx;
          sumY += value * dy;
          sumXX += value * dx * dx;
          sumYY += value * dy * dy;
          sumXY += value * dx * dy;
        }
      }
    }
  }
}
