package io.github.starlane.core.psf;

import java.util.ArrayList;
import java.util.List;

/**
 * Solves {@link ResidualSums} for a corrected model. Where the stars say little it is drawn back to
 * the first guess, more firmly the better that guess has proved to be; the core is corrected node
 * by node, the wings by a mean over angles, with a smooth transition.
 */
final class Correction {
  /** How wrong the first guess may at least and at most be, as a fraction of its local value. */
  private static final double LEAST_DOUBT = 0.15;

  private static final double MOST_DOUBT = 2;

  /** A guess that is wrong in the core is also wrong where it is 0: fraction of its peak. */
  private static final double DOUBT_AT_PEAK = 0.01;

  /** Whole rings are less in doubt than single nodes: they bear on the flux. */
  private static final double RING_DOUBT = 0.3;

  /** How wrong its changes over the region may be. */
  private static final double CHANGE = 0.1;

  private static final double CHANGE_AT_PEAK = 3e-5;

  /** The same of changes of whole rings: they bear on the flux, and follow from the size. */
  private static final double RING_CHANGE = 0.03;

  /** Variance of a node's weighted mean in units of 1 / its sum of weights. */
  private static final double NODE_VARIANCE = 0.5;

  private final ResidualSums sums;
  private final PsfField model;
  private final PsfField guess;
  private final double wing;
  private final EllipticalRadius shape;
  private final List<PsfGrid> modelNodes;
  private final List<PsfGrid> guessNodes;
  private final double doubt;
  private final double noise;

  /**
   * Prepares a correction.
   *
   * @param model that the residuals are of
   * @param guess the first guess
   * @param wing beyond this radius the correction begins to be a mean over angles, beyond twice
   *     this it is nothing else [pixel]
   * @param shape of the rings
   */
  Correction(
      ResidualSums sums, PsfField model, PsfField guess, double wing, EllipticalRadius shape) {
    this.shape = shape;
    this.sums = sums;
    this.model = model;
    this.guess = guess;
    this.wing = wing;
    modelNodes = onNodes(model);
    guessNodes = onNodes(guess);
    double[] found = compare();
    doubt = found[0];
    noise = found[1];
  }

  private List<PsfGrid> onNodes(PsfField field) {
    return field.terms().stream().map(g -> g.onto(sums.nodes, ResidualSums.PITCH)).toList();
  }

  /** How wrong the first guess is, as a fraction of its local value. */
  double doubt() {
    return doubt;
  }

  /** Standard error of the model in its core, as a fraction of its highest value. */
  double noise() {
    return noise;
  }

  /** {doubt, noise} from the residuals in the core. */
  private double[] compare() {
    double square = 0;
    double scale = 0;
    double weights = 0;
    int n = 0;
    PsfGrid before = guessNodes.get(0);
    PsfGrid now = modelNodes.get(0);
    // Nodes at the rim of the stamps have hardly any pixels.
    double reach = Math.min(wing, (sums.nodes / 2) / (double) ResidualSums.PITCH - 2);
    for (int k = 0; k < before.values.length; k++) {
      double weight = sums.matrix[k];
      double dx = before.offset(k % sums.nodes);
      double dy = before.offset(k / sums.nodes);
      if (weight > 0 && dx * dx + dy * dy <= reach * reach) {
        double difference = sums.right[k] / weight + now.values[k] - before.values[k];
        square += difference * difference - NODE_VARIANCE / weight;
        scale += before.values[k] * before.values[k];
        weights += weight;
        n++;
      }
    }
    double highest = model.middle().highest();
    double relative = scale > 0 ? 2 * Math.sqrt(Math.max(0, square / scale)) : 0;
    return new double[] {
      Math.clamp(relative, LEAST_DOUBT, MOST_DOUBT),
      n > 0 && highest > 0 ? Math.sqrt(NODE_VARIANCE * n / weights) / highest : 0
    };
  }

  /** The corrected model. */
  PsfField corrected() {
    int count = sums.terms;
    List<PsfGrid> core = new ArrayList<>();
    double[][] profiles = profiles();
    for (int t = 0; t < count; t++) {
      core.add(new PsfGrid(sums.nodes, ResidualSums.PITCH));
    }
    int n = sums.nodes * sums.nodes;
    double[] before = new double[count];
    double[] now = new double[count];
    double[][] equations = new double[count][count + 1];
    for (int k = 0; k < n; k++) {
      for (int t = 0; t < count; t++) {
        before[t] = guessNodes.get(t).values[k];
        now[t] = modelNodes.get(t).values[k];
      }
      fill(equations, sums.matrix, sums.right, n, k);
      double change =
          CHANGE * Math.max(0, Math.max(before[0], now[0]))
              + CHANGE_AT_PEAK * guess.middle().centre();
      double middle = doubtOf(doubt, before[0]);
      addPrior(equations, before, now, middle, change);
      solve(equations);
      for (int t = 0; t < count; t++) {
        core.get(t).values[k] = equations[t][count];
      }
    }
    List<PsfGrid> corrected = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      corrected.add(joined(model.terms().get(t), core.get(t), profiles[t]));
    }
    return model.with(corrected);
  }

  /** Correction of each term as a function of radius, per ring. */
  private double[][] profiles() {
    int count = sums.terms;
    double[][] profiles = new double[count][sums.rings];
    double[][] before = new double[count][];
    double[][] now = new double[count][];
    for (int t = 0; t < count; t++) {
      before[t] = guess.terms().get(t).radialProfile(shape);
      now[t] = model.terms().get(t).radialProfile(shape);
    }
    double[] beforeHere = new double[count];
    double[] nowHere = new double[count];
    double[][] equations = new double[count][count + 1];
    for (int k = 0; k < sums.rings; k++) {
      int bin = Math.min(now[0].length - 1, k * model.middle().oversampling / ResidualSums.PITCH);
      for (int t = 0; t < count; t++) {
        beforeHere[t] = before[t][bin];
        nowHere[t] = now[t][bin];
      }
      fill(equations, sums.ringMatrix, sums.ringRight, sums.rings, k);
      double change = RING_CHANGE * Math.max(beforeHere[0], nowHere[0]) + 1e-9;
      double middle = doubtOf(RING_DOUBT * doubt, beforeHere[0]);
      addPrior(equations, beforeHere, nowHere, middle, change);
      solve(equations);
      for (int t = 0; t < count; t++) {
        profiles[t][k] = equations[t][count];
      }
    }
    return profiles;
  }

  /** Core and wings together, on the model's own grid. */
  private PsfGrid joined(PsfGrid grid, PsfGrid core, double[] profile) {
    PsfGrid fine = core.onto(grid.size, grid.oversampling);
    PsfGrid result = new PsfGrid(grid.size, grid.oversampling);
    double last = profile.length - 1.001;
    for (int j = 0; j < grid.size; j++) {
      for (int i = 0; i < grid.size; i++) {
        int at = j * grid.size + i;
        double r = shape.of(grid.offset(i), grid.offset(j));
        double share = Math.clamp(2 - r / wing, 0, 1);
        double ring = Math.min(last, r * ResidualSums.PITCH);
        int k = (int) ring;
        double radial = profile[k] + (ring - k) * (profile[k + 1] - profile[k]);
        result.values[at] = grid.values[at] + share * fine.values[at] + (1 - share) * radial;
      }
    }
    return result;
  }

  private void fill(double[][] equations, double[] matrix, double[] right, int stride, int at) {
    int pair = 0;
    for (int t = 0; t < sums.terms; t++) {
      for (int k = t; k < sums.terms; k++) {
        equations[t][k] = matrix[pair * stride + at];
        equations[k][t] = equations[t][k];
        pair++;
      }
      equations[t][sums.terms] = right[t * stride + at];
    }
  }

  /** How wrong the first guess may be where it has a value. */
  private double doubtOf(double relative, double value) {
    return relative * Math.max(0, value)
        + DOUBT_AT_PEAK * relative * relative * guess.middle().centre();
  }

  /**
   * Draws the middle back to the first guess, and the changes over the region to those of the first
   * guess: linear ones firmly, higher ones more so.
   */
  private static void addPrior(
      double[][] equations, double[] before, double[] now, double middle, double change) {
    for (int t = 0; t < before.length; t++) {
      double s = t == 0 ? middle : t < 3 ? change : t < 6 ? change / 2 : change / 4;
      double weight = 1 / (s * s);
      equations[t][t] += weight;
      equations[t][before.length] += weight * (before[t] - now[t]);
    }
  }

  /** Gaussian elimination of a small positive definite system [A | b]; b becomes the solution. */
  private static void solve(double[][] a) {
    int n = a.length;
    for (int p = 0; p < n; p++) {
      for (int r = p + 1; r < n; r++) {
        double f = a[r][p] / a[p][p];
        for (int c = p; c <= n; c++) {
          a[r][c] -= f * a[p][c];
        }
      }
    }
    for (int p = n - 1; p >= 0; p--) {
      double sum = a[p][n];
      for (int c = p + 1; c < n; c++) {
        sum -= a[p][c] * a[c][n];
      }
      a[p][n] = sum / a[p][p];
    }
  }
}
