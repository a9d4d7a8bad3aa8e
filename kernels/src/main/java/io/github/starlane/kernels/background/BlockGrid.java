package io.github.starlane.kernels.background;

import java.util.Arrays;

/** Geometry of the blocks, and what is done to their values once all are known. */
final class BlockGrid {

  final int columns;
  final int rows;
  private final int width;
  private final int height;

  BlockGrid(int width, int height, int blockSize) {
    if (blockSize < 1) {
      throw new IllegalArgumentException("a block of " + blockSize + " pixels");
    }
    this.width = width;
    this.height = height;
    columns = (int) Math.max(1, Math.round((double) width / blockSize));
    rows = (int) Math.max(1, Math.round((double) height / blockSize));
  }

  /** First column of block column {@code i}; with i = columns the end. */
  int startX(int i) {
    return (int) ((long) i * width / columns);
  }

  /** First row of block row {@code j}; with j = rows the end. */
  int startY(int j) {
    return (int) ((long) j * height / rows);
  }

  /**
   * Replaces NaN by the mean of the neighbours that have a value, from the edge of holes inward.
   */
  void fillHoles(float[] values) {
    float[] next = values.clone();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int j = 0; j < rows; j++) {
        for (int i = 0; i < columns; i++) {
          if (Float.isNaN(values[j * columns + i])) {
            float mean = meanOfNeighbours(values, i, j);
            changed |= !Float.isNaN(mean);
            next[j * columns + i] = mean;
          }
        }
      }
      System.arraycopy(next, 0, values, 0, values.length);
    }
  }

  private float meanOfNeighbours(float[] values, int i, int j) {
    double sum = 0;
    int n = 0;
    for (int b = Math.max(0, j - 1); b <= Math.min(rows - 1, j + 1); b++) {
      for (int a = Math.max(0, i - 1); a <= Math.min(columns - 1, i + 1); a++) {
        float value = values[b * columns + a];
        if (!Float.isNaN(value)) {
          sum += value;
          n++;
        }
      }
    }
    return n == 0 ? Float.NaN : (float) (sum / n);
  }

  /**
   * 3 × 3 median. Outside the grid stand values extrapolated from the second and third block, so
   * that a plane comes out unchanged, corners included, and a lifted edge block is still caught.
   */
  void medianFilter(float[] values) {
    float[] source = values.clone();
    float[] window = new float[9];
    for (int j = 0; j < rows; j++) {
      for (int i = 0; i < columns; i++) {
        int n = 0;
        for (int b = rows < 3 ? 0 : -1; b <= (rows < 3 ? 0 : 1); b++) {
          for (int a = columns < 3 ? 0 : -1; a <= (columns < 3 ? 0 : 1); a++) {
            window[n++] = (float) extended(source, i + a, j + b);
          }
        }
        Arrays.sort(window, 0, n);
        values[j * columns + i] = window[n / 2];
      }
    }
  }

  private double extended(float[] values, int i, int j) {
    if (i < 0 || i >= columns) {
      int second = i < 0 ? 1 : columns - 2;
      int third = i < 0 ? 2 : columns - 3;
      return 3 * extended(values, second, j) - 2 * extended(values, third, j);
    }
    if (j < 0 || j >= rows) {
      int second = j < 0 ? 1 : rows - 2;
      int third = j < 0 ? 2 : rows - 3;
      return 3 * extended(values, i, second) - 2 * extended(values, i, third);
    }
    return values[j * columns + i];
  }
}
