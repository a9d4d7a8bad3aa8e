package io.github.starlane.core.psf;

import io.github.starlane.core.Statistics;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;

/** Robust least squares of a quantity that is a polynomial of position. */
final class Polynomial {
  private static final int ROUNDS = 4;
  private static final double CLIP = 3;

  private Polynomial() {}

  /**
   * Coefficients of the polynomial through values, outliers clipped at 3 σ.
   *
   * @param terms per value its terms, flat
   * @param values NaN is left out
   * @param count of terms
   */
  static double[] fit(double[] terms, double[] values, int count) {
    double[] coefficients = new double[count];
    coefficients[0] = Statistics.median(values);
    if (!Double.isFinite(coefficients[0])) {
      return new double[count];
    }
    for (int round = 0; round < ROUNDS; round++) {
      double[] residual = residuals(terms, values, coefficients);
      double limit = CLIP * Math.max(1e-9, Statistics.robustDeviation(residual, 0));
      double[] better = solve(terms, values, residual, limit, count);
      if (better.length == 0) {
        return coefficients;
      }
      coefficients = better;
    }
    return coefficients;
  }

  /** The same without clipping. */
  static double[] fitAll(double[] terms, double[] values, int count) {
    return solve(terms, values, values, Double.POSITIVE_INFINITY, count);
  }

  private static double[] residuals(double[] terms, double[] values, double[] coefficients) {
    double[] residual = values.clone();
    for (int s = 0; s < values.length; s++) {
      for (int t = 0; t < coefficients.length; t++) {
        residual[s] -= coefficients[t] * terms[s * coefficients.length + t];
      }
    }
    return residual;
  }

  /** Least squares over the values near the last fit; empty if they do not settle it. */
  private static double[] solve(
      double[] terms, double[] values, double[] residual, double limit, int count) {
    double[][] matrix = new double[count][count];
    double[] right = new double[count];
    for (int s = 0; s < values.length; s++) {
      if (Math.abs(residual[s]) <= limit) {
        for (int t = 0; t < count; t++) {
          double w = terms[s * count + t];
          right[t] += w * values[s];
          for (int k = 0; k < count; k++) {
            matrix[t][k] += w * terms[s * count + k];
          }
        }
      }
    }
    for (int t = 0; t < count; t++) {
      // A ridge of a hundredth of a star keeps what no star decides at 0.
      matrix[t][t] += 0.01;
    }
    try {
      return new CholeskyDecomposition(new Array2DRowRealMatrix(matrix))
          .getSolver()
          .solve(new ArrayRealVector(right))
          .toArray();
    } catch (MathRuntimeException e) {
      return new double[0];
    }
  }
}
