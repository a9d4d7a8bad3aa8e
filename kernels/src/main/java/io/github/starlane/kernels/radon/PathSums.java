package io.github.starlane.kernels.radon;

/**
 * Sums along the paths of a strip.
 *
 * @param rows of the strip, a power of two; also the number of shifts
 * @param columns of the image
 * @param sums by shift and first column: a path of shift d that begins at column x ≥ 1 − rows of
 *     the first row stands at {@code d * (columns + rows - 1) + x + rows - 1}. Pixels outside the
 *     image count as 0
 */
public record PathSums(int rows, int columns, float[] sums) {

  /** Sum of the path of shift d that begins at column x. */
  public float sum(int shift, int x) {
    return sums[shift * (columns + rows - 1) + x + rows - 1];
  }

  /** Column of a path in a row of its strip, from its first column. */
  public static int offset(int rows, int shift, int row) {
    int n = rows;
    int d = shift;
    int k = row;
    int column = 0;
    while (n > 1) {
      n /= 2;
      int half = d / 2;
      if (k >= n) {
        column += d - half;
        k -= n;
      }
      d = half;
    }
    return column;
  }
}
