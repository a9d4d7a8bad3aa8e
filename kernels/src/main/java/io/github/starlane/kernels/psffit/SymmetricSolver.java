package io.github.starlane.kernels.psffit;

/**
 * Cholesky factorisation of a small symmetric positive matrix, with its columns scaled to unit
 * diagonal first (fluxes and positions differ by orders of magnitude). Mutable, reused.
 */
final class SymmetricSolver {

  /** Smallest pivot of the scaled matrix: columns more alike than this cannot be told apart. */
  private static final double SMALLEST_PIVOT = 1e-10;

  private double[] factor = new double[0];
  private double[] scale = new double[0];
  private int n;

  /**
   * Factorises.
   *
   * @param matrix row-major, n × n; only the lower triangle is read
   * @return −1, or the index of the first column that depends on those before it
   */
  int factorise(double[] matrix, int n) {
    this.n = n;
    if (factor.length < n * n) {
      factor = new double[n * n];
      scale = new double[n];
    }
    for (int i = 0; i < n; i++) {
      double diagonal = matrix[i * n + i];
      if (!(diagonal > 0) || Double.isInfinite(diagonal)) {
        return i;
      }
      scale[i] = 1 / Math.sqrt(diagonal);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i * n + j] * scale[i] * scale[j];
        for (int k = 0; k < j; k++) {
          sum -= factor[i * n + k] * factor[j * n + k];
        }
        if (i != j) {
          factor[i * n + j] = sum / factor[j * n + j];
        } else if (sum > SMALLEST_PIVOT) {
          factor[i * n + i] = Math.sqrt(sum);
        } else {
          return i;
        }
      }
    }
    return -1;
  }

  /** Solves in place. */
  void solve(double[] right) {
    for (int i = 0; i < n; i++) {
      double sum = right[i] * scale[i];
      for (int k = 0; k < i; k++) {
        sum -= factor[i * n + k] * right[k];
      }
      right[i] = sum / factor[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = right[i];
      for (int k = i + 1; k < n; k++) {
        sum -= factor[k * n + i] * right[k];
      }
      right[i] = sum / factor[i * n + i];
    }
    for (int i = 0; i < n; i++) {
      right[i] *= scale[i];
    }
  }

  /**
   * Diagonal of the inverse matrix.
   *
   * @param scratch at least n numbers
   */
  void inverseDiagonal(double[] diagonal, double[] scratch) {
    for (int column = 0; column < n; column++) {
      // L z = e gives (A⁻¹)_cc = |z|².
      double square = 0;
      for (int i = 0; i < n; i++) {
        double sum = i == column ? 1 : 0;
        for (int k = column; k < i; k++) {
          sum -= factor[i * n + k] * scratch[k];
        }
        scratch[i] = i < column ? 0 : sum / factor[i * n + i];
        square += scratch[i] * scratch[i];
      }
      diagonal[column] = square * scale[column] * scale[column];
    }
  }
}
