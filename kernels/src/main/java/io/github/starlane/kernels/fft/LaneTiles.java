package io.github.starlane.kernels.fft;

import java.util.Arrays;

/** Copies between images and the planes of a transform. */
final class LaneTiles {

  private LaneTiles() {}

  /**
   * Copies a part of an image into the corner of a plane and clears the rest of that; what lies
   * outside of the image and what is not finite becomes 0.
   *
   * @param x0 column of the image that goes to the plane's column {@code toX}
   * @param columns of the part
   * @param level subtracted from good pixels
   */
  static void load(
      float[] pixels,
      int width,
      int height,
      int x0,
      int y0,
      int columns,
      int rows,
      double level,
      float[] plane,
      int planeWidth,
      int toX,
      int toY) {
    Arrays.fill(plane, 0);
    int left = Math.max(0, -x0);
    int right = Math.min(columns, width - x0);
    for (int j = Math.max(0, -y0); j < Math.min(rows, height - y0); j++) {
      int from = (y0 + j) * width + x0;
      int to = (toY + j) * planeWidth + toX;
      for (int i = left; i < right; i++) {
        float pixel = pixels[from + i];
        plane[to + i] = Math.abs(pixel) <= Float.MAX_VALUE ? (float) (pixel - level) : 0;
      }
    }
  }

  /** Lays a kernel around the plane's first pixel, its centre there and the rest wrapped around. */
  static void wrap(Kernel kernel, float[] plane, int planeWidth, int planeHeight) {
    Arrays.fill(plane, 0);
    for (int i = 0; i < kernel.values().length; i++) {
      int x = Math.floorMod(i % kernel.width() - kernel.width() / 2, planeWidth);
      int y = Math.floorMod(i / kernel.width() - kernel.height() / 2, planeHeight);
      plane[y * planeWidth + x] = kernel.values()[i];
    }
  }
}
