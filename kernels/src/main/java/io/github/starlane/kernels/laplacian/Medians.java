package io.github.starlane.kernels.laplacian;

import java.util.Arrays;

/** Medians around one pixel, plainly. */
final class Medians {

  private Medians() {}

  /** Median of the square of {@code 2 reach + 1} pixels around an index. */
  static float square(float[] values, int index, int stride, int reach) {
    int size = 2 * reach + 1;
    float[] window = new float[size * size];
    for (int j = 0; j < size; j++) {
      System.arraycopy(values, index + (j - reach) * stride - reach, window, j * size, size);
    }
    return ofOdd(window);
  }

  /** Median along each of {@code 2 reach + 1} rows, and of those. */
  static float separable(float[] values, int index, int stride, int reach) {
    int size = 2 * reach + 1;
    float[] rows = new float[size];
    for (int j = 0; j < size; j++) {
      int from = index + (j - reach) * stride - reach;
      rows[j] = ofOdd(Arrays.copyOfRange(values, from, from + size));
    }
    return ofOdd(rows);
  }

  private static float ofOdd(float[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
