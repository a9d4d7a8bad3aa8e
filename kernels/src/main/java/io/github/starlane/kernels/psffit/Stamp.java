package io.github.starlane.kernels.psffit;

/** A rectangle of image pixels with a star's PSF and its derivatives in them. Mutable, reused. */
final class Stamp {

  int x0;
  int y0;
  int width;
  int height;

  /** Distance between rows in the arrays; at least the width. */
  int stride;

  /** Fraction of the flux in each pixel. */
  double[] value = new double[0];

  /** Derivative of {@link #value} by the star's column. */
  double[] byX = new double[0];

  /** Derivative of {@link #value} by the star's row. */
  double[] byY = new double[0];

  /** Sets the rectangle; rows are padded to a multiple of {@code alignment}, with one row spare. */
  void reshape(int x0, int y0, int width, int height, int alignment) {
    this.x0 = x0;
    this.y0 = y0;
    this.width = Math.max(0, width);
    this.height = Math.max(0, height);
    stride = (this.width + alignment - 1) / alignment * alignment;
    int size = stride * (this.height + 1);
    if (value.length < size) {
      value = new double[size];
      byX = new double[size];
      byY = new double[size];
    }
  }
}
