package io.github.starlane.core.psf;

/**
 * Values of a square grid at the crossings of other columns and rows, by cubic convolution with a =
 * −1/2 (Keys 1981, IEEE Transactions on Acoustics, Speech and Signal Processing 29, 1153), along
 * one axis after the other. The grid is continued with the values at its edge.
 */
final class CubicResampling {

  private CubicResampling() {}

  /**
   * Resamples.
   *
   * @param values of the grid, row-major
   * @param size edge of the grid
   * @param columns wanted, as grid coordinates
   * @param rows wanted, as grid coordinates
   * @return {@code rows.length × columns.length} values
   */
  static double[] apply(double[] values, int size, double[] columns, double[] rows) {
    double[] between = new double[size * columns.length];
    double[] weights = new double[4];
    for (int i = 0; i < columns.length; i++) {
      int first = weigh(columns[i], weights);
      for (int j = 0; j < size; j++) {
        double sum = 0;
        for (int k = 0; k < 4; k++) {
          sum += weights[k] * values[j * size + Math.clamp(first + k, 0, size - 1)];
        }
        between[j * columns.length + i] = sum;
      }
    }
    double[] result = new double[rows.length * columns.length];
    for (int j = 0; j < rows.length; j++) {
      int first = weigh(rows[j], weights);
      for (int k = 0; k < 4; k++) {
        int from = Math.clamp(first + k, 0, size - 1) * columns.length;
        for (int i = 0; i < columns.length; i++) {
          result[j * columns.length + i] += weights[k] * between[from + i];
        }
      }
    }
    return result;
  }

  /** Weights of four neighbouring grid points; the first of them. */
  private static int weigh(double place, double[] weights) {
    int base = (int) Math.floor(place);
    for (int k = 0; k < 4; k++) {
      weights[k] = cubic(place - base + 1 - k);
    }
    return base - 1;
  }

  private static double cubic(double t) {
    double x = Math.abs(t);
    if (x < 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  }
}
