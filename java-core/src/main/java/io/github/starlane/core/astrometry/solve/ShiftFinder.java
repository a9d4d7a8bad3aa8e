package io.github.starlane.core.astrometry.solve;

import org.hipparchus.special.Gamma;

/**
 * Finds the common shift between two lists of points that agree but for a shift of limited size:
 * the densest spot of all pairwise differences.
 */
final class ShiftFinder {
  /** So often an accidental cell may be taken for the shift. */
  private static final double FALSE_ALARMS = 1e-3;

  private static final int FEWEST = 3;

  private ShiftFinder() {}

  /**
   * The shift from the first list to the second.
   *
   * @param reach largest shift along each axis
   * @param cell size of the cells in which differences are counted
   * @return {dx, dy}, or null if no cell stands out from what unrelated lists would give; points
   *     that are not finite do not count
   */
  static double[] find(double[] x, double[] y, double[] u, double[] v, double reach, double cell) {
    int n = 2 * (int) Math.ceil(reach / cell) + 1;
    int[] count = new int[n * n];
    long total = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < u.length; j++) {
        double column = Math.floor((u[j] - x[i]) / cell + n / 2.0);
        double row = Math.floor((v[j] - y[i]) / cell + n / 2.0);
        if (column >= 0 && row >= 0 && column < n && row < n) {
          count[(int) (row * n + column)]++;
          total++;
        }
      }
    }
    int best = 0;
    int bestSum = -1;
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        int sum = around(count, n, column, row);
        if (sum > bestSum) {
          bestSum = sum;
          best = row * n + column;
        }
      }
    }
    double expected = 9.0 * total / ((double) n * n);
    if (bestSum < FEWEST || tail(bestSum, expected) * n * n > FALSE_ALARMS) {
      return null;
    }
    return mean(
        x,
        y,
        u,
        v,
        (best % n + 0.5 - n / 2.0) * cell,
        (best / n + 0.5 - n / 2.0) * cell,
        1.5 * cell);
  }

  /** Probability that a Poisson variable of this mean is {@code count} or more. */
  private static double tail(int count, double mean) {
    return mean > 0 ? Gamma.regularizedGammaP(count, mean) : 0;
  }

  private static int around(int[] count, int n, int column, int row) {
    int sum = 0;
    for (int r = Math.max(0, row - 1); r <= Math.min(n - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(n - 1, column + 1); c++) {
        sum += count[r * n + c];
      }
    }
    return sum;
  }

  /** Mean of the differences near a shift. */
  private static double[] mean(
      double[] x, double[] y, double[] u, double[] v, double dx, double dy, double radius) {
    double sumX = 0;
    double sumY = 0;
    int n = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < u.length; j++) {
        double a = u[j] - x[i];
        double b = v[j] - y[i];
        if (Math.abs(a - dx) <= radius && Math.abs(b - dy) <= radius) {
          sumX += a;
          sumY += b;
          n++;
        }
      }
    }
    return n == 0 ? new double[] {dx, dy} : new double[] {sumX / n, sumY / n};
  }
}
