package io.github.starlane.testdata;

/**
 * A place on the chip, in 0-based pixels of the light area: (0, 0) is the centre of its first
 * pixel.
 *
 * @param x column
 * @param y row
 */
public record PixelPoint(double x, double y) {
  /** FITS column (1-based) in the raw frame. */
  double rawX() {
    return x + 1;
  }

  /** FITS row (1-based) in the raw frame. */
  double rawY(FrameGeometry frame) {
    return y + 1 + frame.unexposedRows();
  }
}
