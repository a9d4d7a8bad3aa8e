package io.github.starlane.kernels.psffit;

import java.util.List;

/**
 * Gauss–Newton equations of a group: (Jᵀ W J) δ = Jᵀ W r, parameters in the order of the stars
 * (flux, x, y each; x and y only where the star moves), the background last.
 */
final class NormalEquations {

  private final PsfEngine engine;
  private final SymmetricSolver solver = new SymmetricSolver();
  private final double[] sums = new double[9];
  private double[] matrix = new double[0];
  private double[] scratch = new double[0];
  private int n;

  /** Right-hand side; after {@link #solve} the step. */
  double[] step = new double[0];

  NormalEquations(PsfEngine engine) {
    this.engine = engine;
  }

  /** Numbers the parameters and sums the equations over the pixels of the window. */
  void build(PixelWindow window, List<StarState> stars, boolean background) {
    n = 0;
    for (StarState star : stars) {
      star.parameter = n;
      n += star.moves ? 3 : 1;
    }
    n += background ? 1 : 0;
    if (step.length < n) {
      step = new double[n];
      scratch = new double[n];
      matrix = new double[n * n];
    }
    for (int a = 0; a < stars.size(); a++) {
      StarState star = stars.get(a);
      engine.project(window, star.stamp, sums);
      put(star, sums);
      for (int b = 0; b <= a; b++) {
        StarState other = stars.get(b);
        engine.gram(window, star.stamp, other.stamp, sums);
        put(star, other, sums);
      }
    }
    if (background) {
      addBackground(window, stars);
    }
  }

  private void put(StarState star, double[] projected) {
    step[star.parameter] = projected[0];
    if (star.moves) {
      step[star.parameter + 1] = star.flux * projected[1];
      step[star.parameter + 2] = star.flux * projected[2];
    }
  }

  private void put(StarState star, StarState other, double[] products) {
    for (int i = 0; i < (star.moves ? 3 : 1); i++) {
      double factor = i == 0 ? 1 : star.flux;
      for (int j = 0; j < (other.moves ? 3 : 1); j++) {
        double otherFactor = j == 0 ? 1 : other.flux;
        matrix[(star.parameter + i) * n + other.parameter + j] =
            factor * otherFactor * products[3 * i + j];
      }
    }
  }

  private void addBackground(PixelWindow window, List<StarState> stars) {
    int row = n - 1;
    double sumWeight = 0;
    double sumResidual = 0;
    for (int j = 0; j < window.height; j++) {
      for (int i = j * window.stride; i < j * window.stride + window.width; i++) {
        sumWeight += window.weight[i];
        sumResidual += window.weightedResidual[i];
      }
    }
    matrix[row * n + row] = sumWeight;
    step[row] = sumResidual;
    for (StarState star : stars) {
      double[] cross = sums;
      weightedColumns(window, star.stamp, cross);
      matrix[row * n + star.parameter] = cross[0];
      if (star.moves) {
        matrix[row * n + star.parameter + 1] = star.flux * cross[1];
        matrix[row * n + star.parameter + 2] = star.flux * cross[2];
      }
    }
  }

  private static void weightedColumns(PixelWindow window, Stamp stamp, double[] cross) {
    cross[0] = 0;
    cross[1] = 0;
    cross[2] = 0;
    for (int j = 0; j < stamp.height; j++) {
      int at = (stamp.y0 - window.y0 + j) * window.stride + stamp.x0 - window.x0;
      for (int i = 0; i < stamp.width; i++) {
        double weight = window.weight[at + i];
        cross[0] += weight * stamp.value[j * stamp.stride + i];
        cross[1] += weight * stamp.byX[j * stamp.stride + i];
        cross[2] += weight * stamp.byY[j * stamp.stride + i];
      }
    }
  }

  /**
   * Solves for the step.
   *
   * @return −1, or the parameter that cannot be told from those before it
   */
  int solve() {
    int singular = solver.factorise(matrix, n);
    if (singular < 0) {
      solver.solve(step);
    }
    return singular;
  }

  /** Variances of the parameters, after {@link #solve}. */
  void variances(double[] result) {
    solver.inverseDiagonal(result, scratch);
  }

  /** Number of parameters. */
  int count() {
    return n;
  }
}
