package io.github.starlane.kernels.background;

import java.util.Arrays;
import java.util.Locale;

/** Geometry of the blocks, and what is done to their values once all are known. */
final class BlockGrid {

  final int columns;
  final int rows;
  private final int width;
  private final int height;
  private final int overlap;

  BlockGrid(int width, int height, BackgroundParameters parameters) {
    int blockSize = parameters.blockSize();
    if (blockSize < 1 || parameters.overlap() < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a block of %d pixels with an overlap of %d",
              blockSize,
              parameters.overlap()));
    }
    this.width = width;
    this.height = height;
    overlap = parameters.overlap();
    columns = (int) Math.max(1, Math.round((double) width / blockSize));
    rows = (int) Math.max(1, Math.round((double) height / blockSize));
  }

  /** First column that counts for block column {@code i}. */
  int fromX(int i) {
    return edge(i, width, columns) - overlap(i, width, columns);
  }

  /** End of the columns that count for block column {@code i}. */
  int toX(int i) {
    return edge(i + 1, width, columns) + overlap(i, width, columns);
  }

  /** First row that counts for block row {@code j}. */
  int fromY(int j) {
    return edge(j, height, rows) - overlap(j, height, rows);
  }

  /** End of the rows that count for block row {@code j}. */
  int toY(int j) {
    return edge(j + 1, height, rows) + overlap(j, height, rows);
  }

  private static int edge(int i, int size, int blocks) {
    return (int) ((long) i * size / blocks);
  }

  /** Pixels beyond either edge: as many on both sides, for a block's centre is to stay. */
  private int overlap(int i, int size, int blocks) {
    int available = Math.min(edge(i, size, blocks), size - edge(i + 1, size, blocks));
    return Math.min(overlap, available);
  }

  /** Pixels of the largest block, overlap included. */
  int largestArea() {
    int widest = 0;
    for (int i = 0; i < columns; i++) {
      widest = Math.max(widest, toX(i) - fromX(i));
    }
    int tallest = 0;
    for (int j = 0; j < rows; j++) {
      tallest = Math.max(tallest, toY(j) - fromY(j));
    }
    return Math.multiplyExact(widest, tallest);
  }

  /** Fills blocks without a value from their neighbours and, if wanted, filters. */
  void complete(float[] values, boolean filter) {
    fillHoles(values);
    if (filter) {
      medianFilter(values);
    }
  }

  /**
   * Replaces NaN by the mean of the neighbours that have a value, from the edge of holes inward.
   */
  private void fillHoles(float[] values) {
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
  private void medianFilter(float[] values) {
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
