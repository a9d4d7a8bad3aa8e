package io.github.starlane.kernels.radon;

import java.util.Arrays;

/**
 * Sums along the paths of strips: a strip's sums are made of those of its halves, the upper half
 * first and all the way down, so that no more than two strips of each length are held, and the
 * short ones stay in the cache. The sums of the largest strip are looked at row by row and not
 * held.
 */
final class StripSums {

  /** Looks at each row of sums. */
  interface RowListener {
    /**
     * A row is ready.
     *
     * @param level strips of {@code 2^level} rows
     * @param firstRow of the strip
     * @param shift of the paths
     * @param sums of the paths that touch the image
     * @param from index of the path that begins at column {@code −shift}
     * @param to end of the indices
     */
    void row(int level, int firstRow, int shift, float[] sums, int from, int to);
  }

  private final PathFrame frame;
  private final RowSums rowSums;
  private final RowListener listener;
  private final int levels;
  private final int width;

  /** By level and half; the largest strip has one row of sums. */
  private final float[][][] sums;

  StripSums(PathFrame frame, int levels, RowSums rowSums, RowListener listener) {
    this.frame = frame;
    this.levels = levels;
    this.rowSums = rowSums;
    this.listener = listener;
    width = frame.width();
    sums = new float[levels + 1][2][];
    for (int level = 0; level <= levels; level++) {
      int rows = 1 << level;
      int size = level == levels ? stride(level) : Math.multiplyExact(rows, stride(level));
      for (int half = 0; half < (level == levels ? 1 : 2); half++) {
        sums[level][half] = new float[size];
      }
    }
  }

  private int stride(int level) {
    return width + (1 << level) - 1;
  }

  /** Makes the sums of all strips. */
  void run() {
    for (int row = 0; row < frame.height(); row += 1 << levels) {
      build(levels, row, 0);
    }
  }

  private void build(int level, int firstRow, int half) {
    if (firstRow >= frame.height() && level < levels) {
      Arrays.fill(sums[level][half], 0);
      return;
    }
    if (level == 0) {
      frame.copyRow(firstRow, sums[0][half]);
      if (levels == 0) {
        listener.row(0, firstRow, 0, sums[0][half], 0, width);
      }
      return;
    }
    build(level - 1, firstRow, 0);
    build(level - 1, firstRow + (1 << (level - 1)), 1);
    int rows = 1 << level;
    for (int shift = 0; shift < rows; shift++) {
      int at = level == levels ? 0 : shift * stride(level);
      combine(level, half, shift, at);
      listener.row(
          level, firstRow, shift, sums[level][half], at + rows - 1 - shift, at + stride(level));
    }
  }

  /** One row of sums from a row of either half. */
  private void combine(int level, int half, int shift, int at) {
    int childRows = 1 << (level - 1);
    int childShift = shift / 2;
    int gap = shift - childShift;
    float[] out = sums[level][half];
    float[] upper = sums[level - 1][0];
    float[] lower = sums[level - 1][1];
    // Indices of column 0 in the three arrays; the path's lower half begins at column x + gap.
    int zero = at + 2 * childRows - 1;
    int upperZero = childShift * stride(level - 1) + childRows - 1;
    int lowerZero = upperZero + gap;
    Arrays.fill(out, at, zero - shift, 0);
    int split = Math.min(-childShift, width - gap);
    System.arraycopy(lower, lowerZero - shift, out, zero - shift, split + shift);
    if (split < -childShift) {
      Arrays.fill(out, zero + split, zero - childShift, 0);
    }
    int both = Math.max(-childShift, width - gap);
    rowSums.add(
        upper,
        upperZero - childShift,
        lower,
        lowerZero - childShift,
        out,
        zero - childShift,
        both + childShift);
    System.arraycopy(upper, upperZero + both, out, zero + both, width - both);
  }
}
