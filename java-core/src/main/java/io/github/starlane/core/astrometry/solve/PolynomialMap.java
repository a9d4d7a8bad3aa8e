package io.github.starlane.core.astrometry.solve;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.QRDecomposition;

/**
 * A polynomial mapping of the plane: (x, y) → (u, v), both polynomials of total degree {@code
 * degree} in x and y relative to a centre and scale.
 *
 * @param degree 0 (a shift), 1 (affine), 2, 3 …
 * @param centreX see above
 * @param centreY see above
 * @param scale see above
 * @param cu coefficients of u in the order 1, x, y, x², xy, y² …
 * @param cv coefficients of v
 */
public record PolynomialMap(
    int degree, double centreX, double centreY, double scale, double[] cu, double[] cv) {

  /** The mapping that changes nothing. */
  public static final PolynomialMap IDENTITY =
      new PolynomialMap(1, 0, 0, 1, new double[] {0, 1, 0}, new double[] {0, 0, 1});

  /** Number of terms of a degree. */
  public static int terms(int degree) {
    return (degree + 1) * (degree + 2) / 2;
  }

  /**
   * Weighted least-squares fit.
   *
   * @param x columns
   * @param y rows
   * @param u values of the first output
   * @param v values of the second output
   * @param weights inverse variances; points of weight 0 take no part
   * @param degree of the polynomials; a degree of 0 is a pure shift: u = x + a, v = y + b
   * @throws IllegalArgumentException if there are fewer points than terms or they are degenerate
   */
  public static PolynomialMap fit(
      double[] x, double[] y, double[] u, double[] v, double[] weights, int degree) {
    double[] frame = frame(x, y, weights);
    int n = 0;
    for (double w : weights) {
      n += w > 0 ? 1 : 0;
    }
    int terms = terms(degree);
    if (n < terms || n == 0) {
      throw new IllegalArgumentException(n + " points for " + terms + " terms");
    }
    if (degree == 0) {
      return shift(x, y, u, v, weights);
    }
    double[][] rows = new double[n][];
    double[] bu = new double[n];
    double[] bv = new double[n];
    int k = 0;
    for (int i = 0; i < x.length; i++) {
      if (weights[i] > 0) {
        double root = Math.sqrt(weights[i]);
        rows[k] = powers((x[i] - frame[0]) / frame[2], (y[i] - frame[1]) / frame[2], degree);
        for (int t = 0; t < terms; t++) {
          rows[k][t] *= root;
        }
        bu[k] = u[i] * root;
        bv[k++] = v[i] * root;
      }
    }
    DecompositionSolver solver =
        new QRDecomposition(new Array2DRowRealMatrix(rows, false), 1e-12).getSolver();
    if (!solver.isNonSingular()) {
      throw new IllegalArgumentException("the points are degenerate");
    }
    return new PolynomialMap(
        degree,
        frame[0],
        frame[1],
        frame[2],
        solver.solve(new ArrayRealVector(bu, false)).toArray(),
        solver.solve(new ArrayRealVector(bv, false)).toArray());
  }

  private static PolynomialMap shift(
      double[] x, double[] y, double[] u, double[] v, double[] weights) {
    double a = 0;
    double b = 0;
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      if (weights[i] > 0) {
        a += weights[i] * (u[i] - x[i]);
        b += weights[i] * (v[i] - y[i]);
        sum += weights[i];
      }
    }
    return new PolynomialMap(
        1, 0, 0, 1, new double[] {a / sum, 1, 0}, new double[] {b / sum, 0, 1});
  }

  /** {centre x, centre y, scale} of the points that take part. */
  private static double[] frame(double[] x, double[] y, double[] weights) {
    double minX = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double minY = Double.POSITIVE_INFINITY;
    double maxY = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < x.length; i++) {
      if (weights[i] > 0) {
        minX = Math.min(minX, x[i]);
        maxX = Math.max(maxX, x[i]);
        minY = Math.min(minY, y[i]);
        maxY = Math.max(maxY, y[i]);
      }
    }
    double scale = Math.max(maxX - minX, maxY - minY) / 2;
    return new double[] {(minX + maxX) / 2, (minY + maxY) / 2, scale > 0 ? scale : 1};
  }

  private static double[] powers(double x, double y, int degree) {
    double[] p = new double[terms(degree)];
    int k = 0;
    for (int total = 0; total <= degree; total++) {
      for (int j = 0; j <= total; j++) {
        p[k++] = Math.pow(x, total - j) * Math.pow(y, j);
      }
    }
    return p;
  }

  /** {u, v} at (x, y). */
  public double[] apply(double x, double y) {
    double[] p = powers((x - centreX) / scale, (y - centreY) / scale, degree);
    double u = 0;
    double v = 0;
    for (int k = 0; k < p.length; k++) {
      u += cu[k] * p[k];
      v += cv[k] * p[k];
    }
    return new double[] {u, v};
  }

  /**
   * The inverse over a rectangle, as a polynomial of the same degree; good where this mapping is
   * nearly linear.
   *
   * @param width the rectangle reaches from (0, 0) to (width − 1, height − 1) in this mapping's
   *     first plane
   * @param height see width
   */
  public PolynomialMap inverse(int width, int height) {
    int nodes = 15;
    double[] x = new double[nodes * nodes];
    double[] y = new double[nodes * nodes];
    double[] u = new double[nodes * nodes];
    double[] v = new double[nodes * nodes];
    double[] weights = new double[nodes * nodes];
    for (int k = 0; k < nodes * nodes; k++) {
      x[k] = (k % nodes) * (width - 1.0) / (nodes - 1);
      y[k] = (k / nodes) * (height - 1.0) / (nodes - 1);
      double[] p = apply(x[k], y[k]);
      u[k] = p[0];
      v[k] = p[1];
      weights[k] = 1;
    }
    return fit(u, v, x, y, weights, Math.max(1, degree));
  }
}
