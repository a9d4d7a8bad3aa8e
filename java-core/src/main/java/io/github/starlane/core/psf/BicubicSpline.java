package io.github.starlane.core.psf;

/**
 * Cubic B-splines through the points of a grid (Unser 1999, IEEE Signal Processing Magazine 16,
 * 22).
 */
final class BicubicSpline {

  private BicubicSpline() {}

  /** Coefficients of the bicubic spline through a grid; those outside of the grid are 0. */
  static double[] coefficients(PsfGrid grid) {
    int n = grid.size;
    double[] c = grid.values.clone();
    double[] reciprocal = new double[n];
    double last = 0;
    for (int i = 0; i < n; i++) {
      last = 1 / (4 - last);
      reciprocal[i] = last;
    }
    for (int j = 0; j < n; j++) {
      solveRow(c, j * n, reciprocal);
    }
    solveColumns(c, reciprocal);
    return c;
  }

  /** Solves c[i − 1] + 4 c[i] + c[i + 1] = 6 f[i] along one row, in place. */
  private static void solveRow(double[] c, int start, double[] reciprocal) {
    double previous = 0;
    for (int i = 0; i < reciprocal.length; i++) {
      previous = (6 * c[start + i] - previous) * reciprocal[i];
      c[start + i] = previous;
    }
    double next = 0;
    for (int i = reciprocal.length - 1; i >= 0; i--) {
      next = c[start + i] - reciprocal[i] * next;
      c[start + i] = next;
    }
  }

  /** The same along all columns at once, a row at a time. */
  private static void solveColumns(double[] c, double[] reciprocal) {
    int n = reciprocal.length;
    for (int i = 0; i < n; i++) {
      c[i] *= 6 * reciprocal[0];
    }
    for (int at = n; at < n * n; at += n) {
      double r = reciprocal[at / n];
      for (int i = at; i < at + n; i++) {
        c[i] = (6 * c[i] - c[i - n]) * r;
      }
    }
    for (int at = n * (n - 2); at >= 0; at -= n) {
      double r = reciprocal[at / n];
      for (int i = at; i < at + n; i++) {
        c[i] -= r * c[i + n];
      }
    }
  }

  /**
   * Weights of the four coefficients around a point {@code t} past the second, and their slopes.
   */
  static void weights(double t, double[] weights, double[] slopes) {
    double s = 1 - t;
    weights[0] = s * s * s / 6;
    weights[1] = 2.0 / 3 - t * t * (2 - t) / 2;
    weights[2] = 2.0 / 3 - s * s * (2 - s) / 2;
    weights[3] = t * t * t / 6;
    slopes[0] = -s * s / 2;
    slopes[1] = t * (3 * t - 4) / 2;
    slopes[2] = s * (4 - 3 * s) / 2;
    slopes[3] = t * t / 2;
  }

  /**
   * Values of the spline through a grid at the crossings of other columns and rows.
   *
   * @param columns wanted, as grid coordinates
   * @param rows wanted, as grid coordinates
   * @return {@code rows.length × columns.length} values
   */
  static double[] resample(PsfGrid grid, double[] columns, double[] rows) {
    int size = grid.size;
    double[] c = coefficients(grid);
    double[] between = new double[size * columns.length];
    double[] weights = new double[4];
    double[] slopes = new double[4];
    for (int i = 0; i < columns.length; i++) {
      int base = (int) Math.floor(columns[i]);
      weights(columns[i] - base, weights, slopes);
      for (int k = 0; k < 4; k++) {
        int from = base - 1 + k;
        for (int j = 0; j < size && from >= 0 && from < size; j++) {
          between[j * columns.length + i] += weights[k] * c[j * size + from];
        }
      }
    }
    double[] result = new double[rows.length * columns.length];
    for (int j = 0; j < rows.length; j++) {
      int base = (int) Math.floor(rows[j]);
      weights(rows[j] - base, weights, slopes);
      for (int k = 0; k < 4; k++) {
        int from = base - 1 + k;
        for (int i = 0; i < columns.length && from >= 0 && from < size; i++) {
          result[j * columns.length + i] += weights[k] * between[from * columns.length + i];
        }
      }
    }
    return result;
  }
}
