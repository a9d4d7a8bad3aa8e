package io.github.starlane.core.pipeline;

import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.astrometry.solve.AstrometricSolution;
import io.github.starlane.core.astrometry.wcs.TangentPlane;
import io.github.starlane.core.fits.FitsTable;
import io.github.starlane.core.frame.Crop;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.source.PositionIndex;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Compares what a reduction of simulated frames found with what was simulated: completeness, and
 * scatter of fluxes and positions against the Cramér–Rao bounds that the simulation states for
 * every star.
 */
final class TruthComparison {
  private static final double MATCH_RADIUS = 1.0;
  private static final double ISOLATION = 12;
  private static final double DETECTION_THRESHOLD = 5;
  private static final double[][] BINS = {{10, 20}, {20, 50}, {50, 200}, {200, 1000}};
  private static final double MAS_PER_DEGREE = 3.6e6;

  private final Truth truth;
  private final List<Double> fluxPull = new ArrayList<>();
  private final List<Double> positionPull = new ArrayList<>();
  private final List<Double> pullSignalToNoise = new ArrayList<>();
  private final List<Double> zeroPointError = new ArrayList<>();
  private final int[] wanted = new int[2];
  private final int[] found = new int[2];
  private double expectedFound;
  private int spurious;
  private double area;

  private TruthComparison(Truth truth) {
    this.truth = truth;
  }

  /** The columns of the truth table, and the epoch numbers. */
  private record Truth(
      int[] epoch,
      double[] x,
      double[] y,
      double[] magnitude,
      double[] flux,
      double[] fluxBound,
      double[] xBound,
      double[] yBound,
      double[] neighbour,
      FitsTable stars) {

    static Truth read(Path folder) {
      FitsTable t = FitsTable.read(folder.resolve("detections.fits"));
      return new Truth(
          Arrays.stream(t.longs("EPOCH")).mapToInt(e -> (int) e).toArray(),
          t.doubles("X_LIGHT"),
          t.doubles("Y_LIGHT"),
          t.doubles("MAG"),
          t.doubles("FLUX"),
          t.doubles("FLUX_CRB"),
          t.doubles("X_CRB"),
          t.doubles("Y_CRB"),
          t.doubles("NEIGHBOUR"),
          FitsTable.read(folder.resolve("stars.fits")));
    }

    double signalToNoise(int i) {
      return flux[i] / fluxBound[i];
    }
  }

  /** The table of achieved against true; empty (with a warning) if the truth cannot be read. */
  static List<ReductionOutcome.TruthRow> compare(
      Path folder, List<VisitResult> results, RunLog log) {
    try {
      TruthComparison comparison = new TruthComparison(Truth.read(folder));
      List<Double> sky = new ArrayList<>();
      for (VisitResult result : results) {
        for (int e = 0; e < result.epochs().length; e++) {
          Exposure exposure = result.visit().exposures().get(e);
          for (int c = 0; c < result.epochs()[e].length; c++) {
            if (result.epochs()[e][c].isGood()) {
              comparison.add(
                  result.epochs()[e][c], result.grid().crops().get(c), exposure.counter());
            }
          }
        }
        comparison.addSky(result, sky);
      }
      return comparison.rows(sky);
    } catch (StarlaneException ex) {
      log.warn("the result is not compared with the truth: " + ex.getMessage(), null);
      return List.of();
    }
  }

  private void add(CropEpoch epoch, Crop crop, int counter) {
    SourceTable sources = epoch.extraction.sources();
    double[] x = sources.get(SourceColumn.X);
    double[] y = sources.get(SourceColumn.Y);
    double left = crop.section().x() + 1;
    double bottom = crop.section().y() + 1;
    PositionIndex index = new PositionIndex(x, y, MATCH_RADIUS);
    List<int[]> pairs = new ArrayList<>();
    List<Integer> here = new ArrayList<>();
    for (int i = 0; i < truth.x().length; i++) {
      double tx = truth.x()[i] - left;
      double ty = truth.y()[i] - bottom;
      boolean inside =
          tx > 8 && ty > 8 && tx < crop.section().width() - 9 && ty < crop.section().height() - 9;
      if (truth.epoch()[i] == counter && inside) {
        here.add(i);
        int match = x.length == 0 ? -1 : index.nearest(tx, ty);
        count(i, match >= 0);
        boolean isolated =
            match >= 0
                && truth.neighbour()[i] > ISOLATION
                && sources.get(SourceColumn.FLAGS)[match] == 0;
        if (isolated) {
          pairs.add(new int[] {i, match});
        }
      }
    }
    addPulls(pairs, sources, left, bottom);
    addSpurious(sources, here, crop, left, bottom);
    addZeroPoint(pairs, sources, epoch.zeroPoint);
  }

  private void count(int i, boolean detected) {
    double sn = truth.signalToNoise(i);
    if (sn >= 10) {
      wanted[0]++;
      found[0] += detected ? 1 : 0;
    }
    if (sn >= 5) {
      wanted[1]++;
      found[1] += detected ? 1 : 0;
      expectedFound += gaussianProbability(sn - DETECTION_THRESHOLD);
    }
  }

  /**
   * Fluxes relative to the crop's own scale (median of the bright), positions relative to its
   * median offset.
   */
  private void addPulls(List<int[]> pairs, SourceTable sources, double left, double bottom) {
    double[] flux = sources.get(SourceColumn.FLUX_PSF);
    double scale =
        median(
            pairs.stream()
                .filter(p -> truth.signalToNoise(p[0]) > 50)
                .mapToDouble(p -> flux[p[1]] / truth.flux()[p[0]]));
    double dx =
        median(
            pairs.stream()
                .filter(p -> truth.signalToNoise(p[0]) > 50)
                .mapToDouble(p -> offsetX(p, sources, left)));
    double dy =
        median(
            pairs.stream()
                .filter(p -> truth.signalToNoise(p[0]) > 50)
                .mapToDouble(p -> offsetY(p, sources, bottom)));
    for (int[] p : pairs) {
      if (Double.isFinite(scale) && Double.isFinite(flux[p[1]])) {
        pullSignalToNoise.add(truth.signalToNoise(p[0]));
        fluxPull.add((flux[p[1]] / scale - truth.flux()[p[0]]) / truth.fluxBound()[p[0]]);
        positionPull.add((offsetX(p, sources, left) - dx) / truth.xBound()[p[0]]);
        positionPull.add((offsetY(p, sources, bottom) - dy) / truth.yBound()[p[0]]);
      }
    }
  }

  private double offsetX(int[] pair, SourceTable sources, double left) {
    return sources.get(SourceColumn.X)[pair[1]] + left - truth.x()[pair[0]];
  }

  private double offsetY(int[] pair, SourceTable sources, double bottom) {
    return sources.get(SourceColumn.Y)[pair[1]] + bottom - truth.y()[pair[0]];
  }

  /**
   * Clean detections far from every simulated star: noise (moving objects and the streak are a
   * handful).
   */
  private void addSpurious(
      SourceTable sources, List<Integer> here, Crop crop, double left, double bottom) {
    double[] tx = here.stream().mapToDouble(i -> truth.x()[i] - left).toArray();
    double[] ty = here.stream().mapToDouble(i -> truth.y()[i] - bottom).toArray();
    PositionIndex index = new PositionIndex(tx, ty, 3);
    for (int s = 0; s < sources.count(); s++) {
      boolean clean =
          sources.get(SourceColumn.FLAGS)[s] == 0
              && sources.get(SourceColumn.SN)[s] >= DETECTION_THRESHOLD;
      double x = sources.get(SourceColumn.X)[s];
      double y = sources.get(SourceColumn.Y)[s];
      boolean inside =
          x > 12 && y > 12 && x < crop.section().width() - 13 && y < crop.section().height() - 13;
      spurious += clean && inside && index.nearest(x, y) < 0 ? 1 : 0;
    }
    area += (double) crop.section().width() * crop.section().height() / 1e6;
  }

  private void addZeroPoint(List<int[]> pairs, SourceTable sources, double zeroPoint) {
    double[] flux = sources.get(SourceColumn.FLUX_PSF);
    double offset =
        median(
            pairs.stream()
                .filter(p -> truth.signalToNoise(p[0]) > 50 && flux[p[1]] > 0)
                .mapToDouble(
                    p -> zeroPoint - 2.5 * Math.log10(flux[p[1]]) - truth.magnitude()[p[0]]));
    if (Double.isFinite(offset)) {
      zeroPointError.add(offset);
    }
  }

  /** Offsets of the coadds' bright stars from the true sky positions [mas]. */
  private void addSky(VisitResult result, List<Double> offsets) {
    double[] ra = truth.stars().doubles("RA");
    double[] dec = truth.stars().doubles("DEC");
    for (CropCoadd coadd : result.coadds()) {
      AstrometricSolution a = coadd.astrometry;
      if (a == null) {
        continue;
      }
      TangentPlane plane = a.wcs().plane();
      double[] xi = new double[ra.length];
      double[] eta = new double[ra.length];
      for (int i = 0; i < ra.length; i++) {
        double[] p = plane.project(ra[i], dec[i]);
        xi[i] = p[0] * MAS_PER_DEGREE;
        eta[i] = p[1] * MAS_PER_DEGREE;
      }
      PositionIndex index = new PositionIndex(xi, eta, MATCH_RADIUS * a.wcs().pixelScale() * 1000);
      SourceTable sources = coadd.extraction.sources();
      for (int s = 0; s < sources.count(); s++) {
        if (sources.get(SourceColumn.SN)[s] > 200 && sources.get(SourceColumn.FLAGS)[s] == 0) {
          double[] sky =
              a.wcs().toSky(sources.get(SourceColumn.X)[s], sources.get(SourceColumn.Y)[s]);
          double[] p = plane.project(sky[0], sky[1]);
          int match = index.nearest(p[0] * MAS_PER_DEGREE, p[1] * MAS_PER_DEGREE);
          if (match >= 0) {
            offsets.add(p[0] * MAS_PER_DEGREE - xi[match]);
            offsets.add(p[1] * MAS_PER_DEGREE - eta[match]);
          }
        }
      }
    }
  }

  private List<ReductionOutcome.TruthRow> rows(List<Double> sky) {
    List<ReductionOutcome.TruthRow> rows = new ArrayList<>();
    double bright = found[0] / (double) Math.max(1, wanted[0]);
    double all = found[1] / (double) Math.max(1, wanted[1]);
    double ideal = expectedFound / Math.max(1, wanted[1]);
    rows.add(
        row(
            "completeness of stars with S/N ≥ 10",
            "%.3f",
            bright,
            "0.96 and more",
            bright >= 0.96));
    rows.add(
        row(
            "completeness of stars with S/N ≥ 5",
            "%.3f",
            all,
            String.format(Locale.ROOT, "%.3f (isolated, ideal filter)", ideal),
            all >= ideal - 0.05));
    double noise = spurious / Math.max(area, 1e-9);
    rows.add(
        row(
            "clean detections of nothing per Mpix and epoch",
            "%.2f",
            noise,
            "2 and fewer",
            noise <= 2));
    for (double[] bin : BINS) {
      addBin(rows, bin);
    }
    double[] offsets = zeroPointError.stream().mapToDouble(Double::doubleValue).toArray();
    double error = 1000 * median(Arrays.stream(offsets));
    rows.add(
        row(
            "zero point, achieved − true",
            "%+.1f mmag",
            error,
            "within 10 mmag",
            Math.abs(error) <= 10));
    double mas = deviation(sky.stream().mapToDouble(Double::doubleValue).toArray());
    rows.add(
        row(
            "astrometric residual of the coadds, S/N > 200, per axis",
            "%.1f mas",
            mas,
            "20 mas and less",
            mas <= 20));
    return rows;
  }

  private void addBin(List<ReductionOutcome.TruthRow> rows, double[] bin) {
    List<Double> flux = new ArrayList<>();
    List<Double> position = new ArrayList<>();
    for (int k = 0; k < pullSignalToNoise.size(); k++) {
      if (pullSignalToNoise.get(k) >= bin[0] && pullSignalToNoise.get(k) < bin[1]) {
        flux.add(fluxPull.get(k));
        position.add(positionPull.get(2 * k));
        position.add(positionPull.get(2 * k + 1));
      }
    }
    if (flux.size() >= 20) {
      double f = deviation(flux.stream().mapToDouble(Double::doubleValue).toArray());
      double p = deviation(position.stream().mapToDouble(Double::doubleValue).toArray());
      String name =
          String.format(
              Locale.ROOT, "S/N %.0f–%.0f (%d stars × epochs)", bin[0], bin[1], flux.size());
      rows.add(
          row("flux scatter / Cramér–Rao bound, " + name, "%.2f", f, "1.10 and less", f <= 1.10));
      rows.add(
          row(
              "position scatter / Cramér–Rao bound, " + name,
              "%.2f",
              p,
              "1.10 and less",
              p <= 1.10));
    }
  }

  private static ReductionOutcome.TruthRow row(
      String quantity, String format, double value, String expected, boolean good) {
    return new ReductionOutcome.TruthRow(
        quantity, String.format(Locale.ROOT, format, value), expected, good);
  }

  /** Robust standard deviation about zero-median: 1.4826 × the median absolute deviation. */
  private static double deviation(double[] values) {
    double middle = median(Arrays.stream(values));
    return 1.4826 * median(Arrays.stream(values).map(v -> Math.abs(v - middle)));
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.filter(Double::isFinite).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
  }

  /**
   * Probability that a Gaussian variable lies below z (Abramowitz &amp; Stegun 26.2.17, error below
   * 8e-8).
   */
  private static double gaussianProbability(double z) {
    double t = 1 / (1 + 0.2316419 * Math.abs(z));
    double tail =
        Math.exp(-z * z / 2)
            / Math.sqrt(2 * Math.PI)
            * t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return z >= 0 ? 1 - tail : tail;
  }
}
