package io.github.starlane.kernels.aperture;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/** The image with its rule of which pixels count: finite value and variance, no bad bit. */
final class GoodPixels {

  final int width;
  final int height;
  final float[] pixels;
  final float[] variances;

  /** Null for none. */
  final int[] mask;

  final int badBits;

  GoodPixels(Plane image, Plane variance, MaskPlane mask, int badBits) {
    this.width = image.width();
    this.height = image.height();
    this.pixels = HostPlane.pixels(image);
    this.variances = HostPlane.pixels(variance);
    this.mask = HostMaskPlane.bitsOrNull(mask);
    this.badBits = badBits;
  }

  boolean isGood(int x, int y) {
    int i = y * width + x;
    return (mask == null || (mask[i] & badBits) == 0)
        && Math.abs(pixels[i]) <= Float.MAX_VALUE
        && Math.abs(variances[i]) <= Float.MAX_VALUE;
  }

  float value(int x, int y) {
    return pixels[y * width + x];
  }

  float variance(int x, int y) {
    return variances[y * width + x];
  }

  int firstColumn(double x) {
    return (int) Math.clamp(Math.ceil(x), 0, (double) width);
  }

  int lastColumn(double x) {
    return (int) Math.clamp(Math.floor(x), -1, width - 1.0);
  }

  int firstRow(double y) {
    return (int) Math.clamp(Math.ceil(y), 0, (double) height);
  }

  int lastRow(double y) {
    return (int) Math.clamp(Math.floor(y), -1, height - 1.0);
  }

  /** OR of the mask within ± radius of the pixel that holds the position. */
  int bitsAround(double x, double y, int radius) {
    int bits = 0;
    if (mask == null) {
      return bits;
    }
    int lastRow = lastRow(Math.rint(y) + radius);
    int lastColumn = lastColumn(Math.rint(x) + radius);
    for (int row = firstRow(Math.rint(y) - radius); row <= lastRow; row++) {
      for (int column = firstColumn(Math.rint(x) - radius); column <= lastColumn; column++) {
        bits |= mask[row * width + column];
      }
    }
    return bits;
  }
}
