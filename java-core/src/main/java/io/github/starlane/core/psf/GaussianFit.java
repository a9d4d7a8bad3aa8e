package io.github.starlane.core.psf;

import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;

/**
 * The elliptical Gaussian nearest to a PSF by least squares (Levenberg 1944, Quarterly of Applied
 * Mathematics 2, 164; Marquardt 1963, SIAM Journal 11, 431).
 */
final class GaussianFit {
  private static final int PARAMETERS = 6;
  private static final int ITERATIONS = 30;
  private static final double SETTLED = 1e-6;

  private final PsfGrid grid;
  private final double reach;
  private final int step;

  /** Amplitude, centre x and y, and the inverse matrix of second moments: xx, yy, xy. */
  private double[] p;

  /**
   * The fitted Gaussian.
   *
   * @param xx second moment along x [pixel²]
   * @param yy second moment along y
   * @param xy mixed second moment
   */
  record Moments(double xx, double yy, double xy) {}

  private GaussianFit(PsfGrid grid, double reach, double[] start) {
    this.grid = grid;
    this.reach = reach;
    this.step = Math.max(1, grid.oversampling / 2);
    this.p = start;
  }

  /**
   * Fits.
   *
   * @param start second moments to start from
   * @param reach points within this distance of the centre are fitted [pixel]
   */
  static Moments fit(PsfGrid grid, Moments start, double reach) {
    double determinant = start.xx() * start.yy() - start.xy() * start.xy();
    double highest = grid.highest();
    GaussianFit fit =
        new GaussianFit(
            grid,
            reach,
            new double[] {
              highest,
              0,
              0,
              start.yy() / determinant,
              start.xx() / determinant,
              -start.xy() / determinant
            });
    fit.iterate();
    return fit.moments();
  }

  private Moments moments() {
    double determinant = p[3] * p[4] - p[5] * p[5];
    return new Moments(p[4] / determinant, p[3] / determinant, -p[5] / determinant);
  }

  private void iterate() {
    double[][] matrix = new double[PARAMETERS][PARAMETERS];
    double[] right = new double[PARAMETERS];
    double damping = 1e-3;
    double chi = linearise(p, matrix, right);
    for (int k = 0; k < ITERATIONS && damping < 1e9; k++) {
      double[] trial = damped(matrix, right, damping);
      boolean valid = trial.length > 0 && trial[3] > 0 && trial[3] * trial[4] > trial[5] * trial[5];
      double trialChi = valid ? linearise(trial, null, null) : Double.POSITIVE_INFINITY;
      if (trialChi < chi) {
        boolean settled = chi - trialChi < SETTLED * chi;
        p = trial;
        damping /= 10;
        chi = linearise(p, matrix, right);
        if (settled) {
          return;
        }
      } else {
        damping *= 10;
      }
    }
  }

  /** Parameters after a damped step; empty if there is none. */
  private double[] damped(double[][] matrix, double[] right, double damping) {
    double[][] a = new double[PARAMETERS][];
    for (int i = 0; i < PARAMETERS; i++) {
      a[i] = matrix[i].clone();
      a[i][i] *= 1 + damping;
    }
    try {
      return new CholeskyDecomposition(new Array2DRowRealMatrix(a, false))
          .getSolver()
          .solve(new ArrayRealVector(right, false))
          .add(new ArrayRealVector(p, false))
          .toArray();
    } catch (MathRuntimeException e) {
      return new double[0];
    }
  }

  /** Sum of squared residuals; with a matrix also the normal equations. */
  private double linearise(double[] at, double[][] matrix, double[] right) {
    double chi = 0;
    double[] gradient = new double[PARAMETERS];
    if (matrix != null) {
      for (int i = 0; i < PARAMETERS; i++) {
        java.util.Arrays.fill(matrix[i], 0);
        right[i] = 0;
      }
    }
    int half = grid.size / 2;
    int n = (int) Math.min(half / step, reach * grid.oversampling / step);
    for (int j = -n; j <= n; j++) {
      for (int i = -n; i <= n; i++) {
        double x = i * step / (double) grid.oversampling;
        double y = j * step / (double) grid.oversampling;
        if (x * x + y * y <= reach * reach) {
          double value = grid.values[(half + j * step) * grid.size + half + i * step];
          double residual = value - gaussian(at, x, y, gradient);
          chi += residual * residual;
          if (matrix != null) {
            add(matrix, right, gradient, residual);
          }
        }
      }
    }
    return chi;
  }

  private static double gaussian(double[] p, double x, double y, double[] gradient) {
    double dx = x - p[1];
    double dy = y - p[2];
    double shape = Math.exp(-0.5 * (p[3] * dx * dx + 2 * p[5] * dx * dy + p[4] * dy * dy));
    double value = p[0] * shape;
    gradient[0] = shape;
    gradient[1] = value * (p[3] * dx + p[5] * dy);
    gradient[2] = value * (p[4] * dy + p[5] * dx);
    gradient[3] = -0.5 * value * dx * dx;
    gradient[4] = -0.5 * value * dy * dy;
    gradient[5] = -value * dx * dy;
    return value;
  }

  private static void add(double[][] matrix, double[] right, double[] gradient, double residual) {
    for (int i = 0; i < PARAMETERS; i++) {
      for (int k = 0; k < PARAMETERS; k++) {
        matrix[i][k] += gradient[i] * gradient[k];
      }
      right[i] += gradient[i] * residual;
    }
  }
}
