package io.github.starlane.core.visit;

import io.github.starlane.core.PositionIndex;
import io.github.starlane.core.Statistics;
import io.github.starlane.core.astrometry.solve.PolynomialMap;
import io.github.starlane.core.astrometry.solve.SourceSelection;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Matches the epochs of a crop and takes their fluxes to one scale: the zero point of an epoch is
 * the weighted median difference of its stars from their mean over all epochs, found in turns with
 * the means.
 */
public final class LightCurveBuilder {
  private static final double CALIBRATOR_SIGNAL_TO_NOISE = 20;
  private static final double MAGNITUDE_PER_RELATIVE_FLUX = 2.5 / Math.log(10);
  private static final int ROUNDS = 5;

  private final VisitSettings settings;

  /** A builder. */
  public LightCurveBuilder(VisitSettings settings) {
    this.settings = settings;
  }

  /**
   * Builds the light curves.
   *
   * @param epochs source tables; null for an epoch that failed
   */
  public LightCurves build(List<SourceTable> epochs, Registration registration) {
    Positions positions = new Positions(settings.matchRadius());
    int[][] rowOf = new int[epochs.size()][];
    for (int e : order(epochs.size(), registration.reference())) {
      if (epochs.get(e) != null && registration.has(e)) {
        rowOf[e] =
            positions.add(epochs.get(e), registration.toReference().get(e).orElseThrow().map());
      }
    }
    int n = positions.count();
    int[][] row = new int[epochs.size()][n];
    double[][] flux = new double[epochs.size()][n];
    double[][] error = new double[epochs.size()][n];
    for (int e = 0; e < epochs.size(); e++) {
      Arrays.fill(row[e], -1);
      Arrays.fill(flux[e], Double.NaN);
      Arrays.fill(error[e], Double.NaN);
      for (int i = 0; rowOf[e] != null && i < rowOf[e].length; i++) {
        int source = rowOf[e][i];
        if (source >= 0) {
          row[e][source] = i;
          flux[e][source] = epochs.get(e).get(SourceColumn.FLUX_PSF)[i];
          error[e][source] = epochs.get(e).get(SourceColumn.FLUX_PSF_ERROR)[i];
        }
      }
    }
    return calibrate(positions, epochs, registration, row, flux, error);
  }

  private static int[] order(int n, int reference) {
    int[] order = new int[Math.max(n, 0)];
    int k = 0;
    if (reference >= 0) {
      order[k++] = reference;
    }
    for (int e = 0; e < n; e++) {
      if (e != reference) {
        order[k++] = e;
      }
    }
    return order;
  }

  /** The growing list of distinct positions in the reference epoch. */
  private static final class Positions {
    private final double radius;
    private final List<Double> x = new ArrayList<>();
    private final List<Double> y = new ArrayList<>();

    Positions(double radius) {
      this.radius = radius;
    }

    int count() {
      return x.size();
    }

    /**
     * Matches a table, one to one; sources without a match are new. Returns the position of each
     * row; −1 for failed fits.
     */
    int[] add(SourceTable table, PolynomialMap map) {
      double[] px = toArray(x);
      double[] py = toArray(y);
      PositionIndex index = new PositionIndex(px, py, radius);
      int[] position = new int[table.count()];
      boolean[] taken = new boolean[px.length];
      for (int i : bySignificance(table)) {
        double tx = table.get(SourceColumn.X)[i];
        double ty = table.get(SourceColumn.Y)[i];
        position[i] = -1;
        if (Double.isFinite(tx) && Double.isFinite(ty)) {
          double[] p = map.apply(tx, ty);
          int match = px.length == 0 ? -1 : index.nearest(p[0], p[1]);
          if (match < 0 || taken[match]) {
            position[i] = x.size();
            x.add(p[0]);
            y.add(p[1]);
          } else {
            taken[match] = true;
            position[i] = match;
          }
        }
      }
      return position;
    }

    private static int[] bySignificance(SourceTable table) {
      double[] sn = table.get(SourceColumn.SN);
      return IntStream.range(0, table.count())
          .boxed()
          .sorted(java.util.Comparator.comparingDouble(i -> Double.isFinite(sn[i]) ? -sn[i] : 0))
          .mapToInt(i -> i)
          .toArray();
    }

    static double[] toArray(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  private static LightCurves calibrate(
      Positions positions,
      List<SourceTable> epochs,
      Registration registration,
      int[][] row,
      double[][] flux,
      double[][] error) {
    int n = positions.count();
    double[] zeroPoint = new double[epochs.size()];
    double[] mean = new double[n];
    boolean[] calibrator = calibrators(epochs, registration, row, n);
    // An epoch that has no other to differ from needs no star to say so.
    boolean alone = IntStream.range(0, epochs.size()).filter(registration::has).count() == 1;
    for (int round = 0; round < ROUNDS; round++) {
      for (int s = 0; s < n; s++) {
        mean[s] = meanFlux(flux, error, zeroPoint, s);
      }
      double sum = 0;
      int known = 0;
      for (int e = 0; e < zeroPoint.length; e++) {
        double fitted = alone ? 0 : zeroPoint(flux[e], mean, calibrator);
        zeroPoint[e] = registration.has(e) ? fitted : Double.NaN;
        if (Double.isFinite(zeroPoint[e])) {
          sum += zeroPoint[e];
          known++;
        }
      }
      // Only differences count: the mean zero point is 0.
      for (int e = 0; e < zeroPoint.length; e++) {
        zeroPoint[e] -= sum / Math.max(1, known);
      }
    }
    double[] scatter = new double[n];
    double[] expected = new double[n];
    for (int s = 0; s < n; s++) {
      mean[s] = meanFlux(flux, error, zeroPoint, s);
      scatter(flux, error, zeroPoint, mean[s], s, scatter, expected);
    }
    return new LightCurves(
        Positions.toArray(positions.x),
        Positions.toArray(positions.y),
        row,
        flux,
        error,
        zeroPoint,
        mean,
        scatter,
        expected);
  }

  /** Significant, clean sources that are there in nearly every epoch that has any. */
  private static boolean[] calibrators(
      List<SourceTable> epochs, Registration registration, int[][] row, int n) {
    long good = IntStream.range(0, epochs.size()).filter(registration::has).count();
    boolean[] calibrator = new boolean[n];
    for (int s = 0; s < n; s++) {
      int clean = 0;
      for (int e = 0; e < row.length; e++) {
        clean +=
            row[e][s] >= 0
                    && SourceSelection.isStarLike(
                        epochs.get(e), row[e][s], CALIBRATOR_SIGNAL_TO_NOISE)
                ? 1
                : 0;
      }
      calibrator[s] = clean >= 0.8 * good;
    }
    return calibrator;
  }

  private static double meanFlux(double[][] flux, double[][] error, double[] zeroPoint, int s) {
    double sum = 0;
    double weights = 0;
    for (int e = 0; e < flux.length; e++) {
      double scale = Math.pow(10, -0.4 * zeroPoint[e]);
      double w = 1 / (error[e][s] * error[e][s] * scale * scale);
      if (Double.isFinite(flux[e][s] * w)) {
        sum += w * flux[e][s] * scale;
        weights += w;
      }
    }
    return weights > 0 ? sum / weights : Double.NaN;
  }

  private static double zeroPoint(double[] flux, double[] mean, boolean[] calibrator) {
    double[] difference = new double[flux.length];
    int n = 0;
    for (int s = 0; s < flux.length; s++) {
      if (calibrator[s] && flux[s] > 0 && mean[s] > 0) {
        difference[n++] = -2.5 * Math.log10(mean[s] / flux[s]);
      }
    }
    return n < 3 ? Double.NaN : Statistics.median(Arrays.stream(difference, 0, n));
  }

  private static void scatter(
      double[][] flux,
      double[][] error,
      double[] zeroPoint,
      double mean,
      int s,
      double[] scatter,
      double[] expected) {
    double sum = 0;
    double variance = 0;
    int n = 0;
    for (int e = 0; e < flux.length; e++) {
      double scaled = flux[e][s] * Math.pow(10, -0.4 * zeroPoint[e]);
      if (Double.isFinite(scaled) && Double.isFinite(error[e][s])) {
        double relative = scaled / mean - 1;
        sum += relative * relative;
        variance += Math.pow(error[e][s] * Math.pow(10, -0.4 * zeroPoint[e]) / mean, 2);
        n++;
      }
    }
    scatter[s] = n < 3 ? Double.NaN : MAGNITUDE_PER_RELATIVE_FLUX * Math.sqrt(sum / (n - 1));
    expected[s] = n < 3 ? Double.NaN : MAGNITUDE_PER_RELATIVE_FLUX * Math.sqrt(variance / n);
  }
}
