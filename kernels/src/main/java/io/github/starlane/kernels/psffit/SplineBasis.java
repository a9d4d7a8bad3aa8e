package io.github.starlane.kernels.psffit;

import java.util.Locale;

/**
 * Cubic B-spline coefficients of the basis grids of a {@link PsfModel}: the spline that goes
 * through every grid point and whose coefficients outside the grid are 0, so that it fades to 0
 * within two grid points beyond the edge (Unser 1999, IEEE Signal Processing Magazine 16, 22).
 */
final class SplineBasis {

  final PsfModel model;

  /** Coefficients, {@code terms * gridSize * gridSize}. */
  final double[] coefficients;

  private PhaseGrid phaseGrid;

  SplineBasis(PsfModel model) {
    int size = model.gridSize();
    if (size < 1 || size % 2 == 0 || model.basis().length != model.terms() * size * size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a PSF of %d grids of %d x %d (must be odd) cannot have %d values",
              model.terms(),
              size,
              size,
              model.basis().length));
    }
    this.model = model;
    coefficients = new double[model.basis().length];
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] = model.basis()[i];
    }
    double[] reciprocal = pivots(size);
    double[] line = new double[size];
    for (int t = 0; t < model.terms(); t++) {
      for (int i = 0; i < size; i++) {
        solveLine(t * size * size + i * size, 1, reciprocal, line);
      }
      for (int i = 0; i < size; i++) {
        solveLine(t * size * size + i, size, reciprocal, line);
      }
    }
  }

  /** The coefficients sorted by phase; built on first use. */
  PhaseGrid phaseGrid() {
    if (phaseGrid == null) {
      phaseGrid = new PhaseGrid(this);
    }
    return phaseGrid;
  }

  /** Reciprocal pivots of the tridiagonal matrix (1, 4, 1). */
  private static double[] pivots(int size) {
    double[] reciprocal = new double[size];
    double previous = 0;
    for (int i = 0; i < size; i++) {
      previous = 1 / (4 - previous);
      reciprocal[i] = previous;
    }
    return reciprocal;
  }

  /** Solves c[i − 1] + 4 c[i] + c[i + 1] = 6 f[i] along one line, in place. */
  private void solveLine(int start, int step, double[] reciprocal, double[] line) {
    int n = line.length;
    double previous = 0;
    for (int i = 0; i < n; i++) {
      previous = (6 * coefficients[start + i * step] - previous) * reciprocal[i];
      line[i] = previous;
    }
    double next = 0;
    for (int i = n - 1; i >= 0; i--) {
      next = line[i] - reciprocal[i] * next;
      coefficients[start + i * step] = next;
    }
  }

  /** Values of the polynomial's terms at an image position: 1, u, v, u², uv, v², … */
  void terms(double x, double y, double[] result) {
    double u = (x - model.centreX()) / model.scale();
    double v = (y - model.centreY()) / model.scale();
    int t = 0;
    for (int order = 0; order <= model.degree(); order++) {
      for (int j = 0; j <= order; j++) {
        result[t++] = Math.pow(u, order - j) * Math.pow(v, j);
      }
    }
  }

  /**
   * Weights of the four coefficients around a point at {@code t} (0 ≤ t &lt; 1) past the second.
   */
  static void weights(double t, double[] weights) {
    double s = 1 - t;
    weights[0] = s * s * s / 6;
    weights[1] = 2.0 / 3 - t * t * (2 - t) / 2;
    weights[2] = 2.0 / 3 - s * s * (2 - s) / 2;
    weights[3] = t * t * t / 6;
  }

  /** Derivatives of {@link #weights} by t. */
  static void slopes(double t, double[] slopes) {
    double s = 1 - t;
    slopes[0] = -s * s / 2;
    slopes[1] = t * (3 * t - 4) / 2;
    slopes[2] = s * (4 - 3 * s) / 2;
    slopes[3] = t * t / 2;
  }
}
