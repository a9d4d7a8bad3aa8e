package io.github.starlane.kernels.aperture;

/** The plain version: every pixel of a box in turn. */
final class ScalarMeter extends SourceMeter {

  private final GoodPixels pixels;

  ScalarMeter(GoodPixels pixels, ApertureParameters parameters) {
    super(new ScalarAnnulus(pixels, parameters), new ScalarMoments(pixels, parameters));
    this.pixels = pixels;
  }

  @Override
  void turnTo(double x, double y) {}

  @Override
  void sumAperture(double x, double y, double radius) {
    sum = 0;
    sumVariance = 0;
    area = 0;
    int lastRow = pixels.lastRow(y + radius + 0.5);
    int lastColumn = pixels.lastColumn(x + radius + 0.5);
    for (int row = pixels.firstRow(y - radius - 0.5); row <= lastRow; row++) {
      for (int column = pixels.firstColumn(x - radius - 0.5); column <= lastColumn; column++) {
        double overlap = CircleOverlap.area(column - x, row - y, radius);
        if (overlap > 0 && pixels.isGood(column, row)) {
          sum += overlap * (pixels.value(column, row) - annulus.level);
          sumVariance += overlap * overlap * pixels.variance(column, row);
          area += overlap;
        }
      }
    }
  }
}
