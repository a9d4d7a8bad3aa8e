package io.github.starlane.kernels.radon;

import java.util.Arrays;

/**
 * An image as the paths see it: as it is, mirrored, transposed, or both, so that a path that goes
 * down and to the right covers an eighth of all directions.
 *
 * @param width columns
 * @param height rows
 * @param values what is summed, in this orientation but for the mirroring
 * @param image where J and K stand, in the image's own orientation; null if only sums are wanted
 * @param transposed whether columns are the image's rows
 * @param mirrored whether columns run from right to left
 */
record PathFrame(
    int width,
    int height,
    float[] values,
    StreakImage image,
    boolean transposed,
    boolean mirrored) {

  static PathFrame upright(StreakImage image) {
    return new PathFrame(image.width, image.height, image.significance(), image, false, false);
  }

  PathFrame transpose() {
    return new PathFrame(
        height, width, transposed(values, width, height), image, !transposed, mirrored);
  }

  PathFrame mirror() {
    return new PathFrame(width, height, values, image, transposed, !mirrored);
  }

  /** In tiles, so that what is read and what is written stay in the cache. */
  private static float[] transposed(float[] values, int width, int height) {
    float[] result = new float[values.length];
    int tile = 32;
    for (int y0 = 0; y0 < height; y0 += tile) {
      for (int x0 = 0; x0 < width; x0 += tile) {
        for (int x = x0; x < Math.min(width, x0 + tile); x++) {
          for (int y = y0; y < Math.min(height, y0 + tile); y++) {
            result[x * height + y] = values[y * width + x];
          }
        }
      }
    }
    return result;
  }

  /** Copies a row of the values; zeros below the last one. */
  void copyRow(int row, float[] out) {
    if (row >= height) {
      Arrays.fill(out, 0, width, 0);
    } else if (mirrored) {
      int last = (row + 1) * width - 1;
      for (int i = 0; i < width; i++) {
        out[i] = values[last - i];
      }
    } else {
      System.arraycopy(values, row * width, out, 0, width);
    }
  }

  /** J or K at a row, interpolated between columns; 0 outside. */
  double at(float[] smooth, double column, int row) {
    double u = mirrored ? width - 1 - column : column;
    int i = (int) Math.floor(u);
    if (i < 0 || i + 1 >= width || row < 0 || row >= height) {
      return 0;
    }
    double t = u - i;
    int first = transposed ? i * height + row : row * width + i;
    return (1 - t) * smooth[first] + t * smooth[first + (transposed ? height : 1)];
  }

  double x(double column, double row) {
    return transposed ? row : unmirrored(column);
  }

  double y(double column, double row) {
    return transposed ? unmirrored(column) : row;
  }

  private double unmirrored(double column) {
    return mirrored ? width - 1 - column : column;
  }
}
