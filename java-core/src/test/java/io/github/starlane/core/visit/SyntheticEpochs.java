package io.github.starlane.core.visit;

import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Source tables of the same stars in several epochs: shifted, slightly turned, through changing
 * air, with noise, and with some stars missing in each.
 */
final class SyntheticEpochs {
  static final double EDGE = 1700;
  static final VisitSettings SETTINGS = new VisitSettings(0.25, 1800, 120, 2, 1.5, 4, 4, 0.1, 2);

  final double[] x;
  final double[] y;
  final double[] flux;
  final List<SourceTable> tables = new ArrayList<>();

  /** Star of each row, per epoch. */
  final List<int[]> starOf = new ArrayList<>();

  /** Per epoch: to be added to instrumental magnitudes to take off the air's changes. */
  final double[] zeroPoint;

  /** This star doubles and halves its flux from epoch to epoch. */
  final int variable;

  SyntheticEpochs(long seed, int stars, int epochs, double missing) {
    RandomGenerator random = new SplittableRandom(seed);
    x = new double[stars];
    y = new double[stars];
    flux = new double[stars];
    zeroPoint = new double[epochs];
    // Stars closer than this could be mistaken for each other.
    for (int i = 0; i < stars; i++) {
      do {
        x[i] = random.nextDouble(EDGE);
        y[i] = random.nextDouble(EDGE);
      } while (nearest(i) < 6);
      flux[i] = 2000 * Math.pow(100, random.nextDouble());
    }
    variable = stars / 2;
    flux[variable] = 50000;
    for (int e = 0; e < epochs; e++) {
      zeroPoint[e] = random.nextDouble(-0.3, 0.3);
      add(random, e, missing);
    }
  }

  private double nearest(int i) {
    return IntStream.range(0, i)
        .mapToDouble(j -> Math.hypot(x[i] - x[j], y[i] - y[j]))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private void add(RandomGenerator random, int epoch, double missing) {
    double shiftX = random.nextDouble(-80, 80);
    double shiftY = random.nextDouble(-80, 80);
    double angle = random.nextDouble(-5e-4, 5e-4);
    int[] seen =
        IntStream.range(0, x.length)
            .filter(i -> i == variable || random.nextDouble() >= missing)
            .toArray();
    int n = seen.length;
    double[][] c = new double[7][n];
    for (int k = 0; k < n; k++) {
      int i = seen[k];
      double change = i == variable ? (epoch % 2 == 0 ? 1.4 : 0.7) : 1;
      double truth = flux[i] * change * Math.pow(10, 0.4 * zeroPoint[epoch]);
      double error = Math.sqrt(truth + 5000);
      double blur = 1.1 * error / truth;
      c[0][k] = x[i] - angle * y[i] + shiftX + blur * random.nextGaussian();
      c[1][k] = y[i] + angle * x[i] + shiftY + blur * random.nextGaussian();
      c[2][k] = blur;
      c[3][k] = truth + error * random.nextGaussian();
      c[4][k] = error;
      c[5][k] = c[3][k] / error;
    }
    starOf.add(seen);
    tables.add(
        new SourceTable(n)
            .set(SourceColumn.X, c[0])
            .set(SourceColumn.Y, c[1])
            .set(SourceColumn.X_ERROR, c[2])
            .set(SourceColumn.Y_ERROR, c[2])
            .set(SourceColumn.FLUX_PSF, c[3])
            .set(SourceColumn.FLUX_PSF_ERROR, c[4])
            .set(SourceColumn.SN, c[5])
            .set(SourceColumn.FLAGS, c[6]));
  }
}
