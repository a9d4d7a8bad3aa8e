package io.github.starlane.core.source;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.frame.MaskBit;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;

/**
 * What a star's aperture flux is to be multiplied by to be its total flux, the PSF flux, as a
 * polynomial of position: of degree 2 where there are many isolated stars, else of lower degree.
 */
final class ApertureCorrection {
  private static final SourceColumn[] FLUX = {
    SourceColumn.FLUX_APERTURE_1,
    SourceColumn.FLUX_APERTURE_2,
    SourceColumn.FLUX_APERTURE_3,
    SourceColumn.FLUX_APERTURE_4
  };
  private static final SourceColumn[] CORRECTION = {
    SourceColumn.APERTURE_CORRECTION_1,
    SourceColumn.APERTURE_CORRECTION_2,
    SourceColumn.APERTURE_CORRECTION_3,
    SourceColumn.APERTURE_CORRECTION_4
  };
  private static final double LEAST_SIGNAL_TO_NOISE = 40;
  private static final int STARS_PER_TERM = 8;
  private static final int ROUNDS = 4;
  private static final double CLIP = 3.5;

  private final int width;
  private final int height;

  ApertureCorrection(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** Adds a column for each aperture; NaN where fewer than 3 stars tell. */
  void add(SourceTable table) {
    int[] stars = stars(table);
    for (int r = 0; r < FLUX.length; r++) {
      if (table.has(FLUX[r])) {
        table.set(CORRECTION[r], correction(table, stars, table.get(FLUX[r])));
      }
    }
  }

  private static int[] stars(SourceTable table) {
    double[] signalToNoise = table.get(SourceColumn.SN);
    double[] neighbours = table.get(SourceColumn.NEIGHBOURS);
    double[] flags = table.get(SourceColumn.FLAGS);
    int spoilt = MaskBit.bad() | MaskBit.NON_LINEAR.bit();
    return IntStream.range(0, table.count())
        .filter(i -> signalToNoise[i] >= LEAST_SIGNAL_TO_NOISE)
        .filter(i -> neighbours[i] == 0 && ((int) flags[i] & spoilt) == 0)
        .toArray();
  }

  private double[] correction(SourceTable table, int[] stars, double[] aperture) {
    double[] total = table.get(SourceColumn.FLUX_PSF);
    double[] signalToNoise = table.get(SourceColumn.SN);
    int[] used = Arrays.stream(stars).filter(i -> aperture[i] > 0).toArray();
    double[] coefficients = {Double.NaN};
    for (int round = 0; round < ROUNDS && used.length >= 3; round++) {
      coefficients = fit(table, used, aperture, total, signalToNoise);
      double[] c = coefficients;
      double[] pulls =
          Arrays.stream(used)
              .mapToDouble(
                  i -> (total[i] / aperture[i] - at(c, table, i)) * weight(signalToNoise[i]))
              .toArray();
      double limit =
          CLIP * Statistics.SIGMA_PER_MAD * Statistics.median(Arrays.stream(pulls).map(Math::abs));
      int[] before = used;
      used =
          IntStream.range(0, before.length)
              .filter(k -> Math.abs(pulls[k]) <= limit)
              .map(k -> before[k])
              .toArray();
    }
    double[] last = coefficients;
    return IntStream.range(0, table.count()).mapToDouble(i -> at(last, table, i)).toArray();
  }

  /** The errors of both fluxes go together; beyond S/N 300 the PSF's own error rules. */
  private static double weight(double signalToNoise) {
    return Math.min(signalToNoise, 300);
  }

  private double[] fit(
      SourceTable table, int[] used, double[] aperture, double[] total, double[] signalToNoise) {
    int terms = used.length >= 6 * STARS_PER_TERM ? 6 : used.length >= 3 * STARS_PER_TERM ? 3 : 1;
    double[][] normal = new double[terms][terms];
    double[] right = new double[terms];
    for (int i : used) {
      double[] p = powers(table, i, terms);
      double w = Math.pow(weight(signalToNoise[i]), 2);
      for (int a = 0; a < terms; a++) {
        for (int b = 0; b < terms; b++) {
          normal[a][b] += w * p[a] * p[b];
        }
        right[a] += w * p[a] * total[i] / aperture[i];
      }
    }
    return new QRDecomposition(new Array2DRowRealMatrix(normal))
        .getSolver()
        .solve(new ArrayRealVector(right))
        .toArray();
  }

  private double at(double[] coefficients, SourceTable table, int i) {
    double[] p = powers(table, i, coefficients.length);
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      sum += coefficients[k] * p[k];
    }
    return sum;
  }

  private double[] powers(SourceTable table, int i, int terms) {
    double u = 2 * table.get(SourceColumn.X)[i] / width - 1;
    double v = 2 * table.get(SourceColumn.Y)[i] / height - 1;
    return Arrays.copyOf(new double[] {1, u, v, u * u, u * v, v * v}, terms);
  }
}
