package io.github.starlane.core.pipeline;

import io.github.starlane.core.PositionIndex;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.Statistics;
import io.github.starlane.core.astrometry.solve.AstrometricSolution;
import io.github.starlane.core.astrometry.wcs.TangentPlane;
import io.github.starlane.core.frame.Crop;
import io.github.starlane.core.photometry.ZeroPoint;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private static final double SPURIOUS_THRESHOLD = 6;
  private static final int FEWEST_EPOCHS = 5;
  private static final double BRIGHT = 50;
  private static final double[][] BINS = {{10, 20}, {20, 50}, {50, 200}, {200, 1000}};
  private static final double MAS_PER_DEGREE = 3.6e6;

  private final SimulationTruth truth;
  private final Map<String, List<Measurement>> stars = new HashMap<>();
  private final List<Double> zeroPointErrors = new ArrayList<>();
  private final List<Double> skyOffsets = new ArrayList<>();
  private final int[] wanted = new int[2];
  private final int[] found = new int[2];
  private double expectedFound;
  private int spurious;
  private double area;

  /**
   * One isolated star in one epoch.
   *
   * @param signalToNoise by its bound
   * @param fluxRatio measured over true flux, less the crop's median ratio
   * @param fluxBound of the ratio
   * @param pullX offset along x over its bound
   * @param pullY offset along y over its bound
   */
  private record Measurement(
      double signalToNoise, double fluxRatio, double fluxBound, double pullX, double pullY) {}

  private TruthComparison(SimulationTruth truth) {
    this.truth = truth;
  }

  /** The table of achieved against true; empty (with a warning) if the truth cannot be read. */
  static List<ReductionOutcome.TruthRow> compare(
      Path folder, List<VisitResult> results, RunLog log) {
    try {
      TruthComparison comparison = new TruthComparison(SimulationTruth.read(folder));
      for (VisitResult result : results) {
        comparison.add(result);
      }
      return comparison.rows();
    } catch (StarlaneException ex) {
      log.warn("the result is not compared with the truth: " + ex.getMessage(), null);
      return List.of();
    }
  }

  private void add(VisitResult result) {
    for (int c = 0; c < result.coadds().length; c++) {
      Crop crop = result.grid().crops().get(c);
      CropCoadd coadd = result.coadds()[c];
      for (int e = 0; e < result.epochs().length; e++) {
        CropEpoch epoch = result.epochs()[e][c];
        if (epoch.isGood()) {
          new Comparison(epoch, coadd.zeroPoint, crop, result.visit().exposures().get(e).counter())
              .run();
        }
      }
      addSky(coadd);
    }
  }

  /** One crop of one epoch. */
  private final class Comparison {
    private final CropEpoch epoch;
    private final ZeroPoint zeroPoint;
    private final Crop crop;
    private final int number;
    private final SourceTable sources;
    private final double[] x;
    private final double[] y;
    private final double left;
    private final double bottom;
    private final List<int[]> isolated = new ArrayList<>();

    Comparison(CropEpoch epoch, ZeroPoint zeroPoint, Crop crop, int number) {
      this.epoch = epoch;
      this.zeroPoint = zeroPoint;
      this.crop = crop;
      this.number = number;
      this.sources = epoch.extraction.sources();
      this.x = sources.get(SourceColumn.X);
      this.y = sources.get(SourceColumn.Y);
      this.left = crop.section().x() + 1;
      this.bottom = crop.section().y() + 1;
    }

    void run() {
      SimulationTruth.Detections d = truth.detections();
      PositionIndex index = new PositionIndex(x, y, MATCH_RADIUS);
      List<Double> trueX = new ArrayList<>();
      List<Double> trueY = new ArrayList<>();
      for (int i = 0; i < d.count(); i++) {
        double tx = d.x()[i] - left;
        double ty = d.y()[i] - bottom;
        if (d.epoch()[i] == number && inside(tx, ty, 8)) {
          trueX.add(tx);
          trueY.add(ty);
          int match = x.length == 0 ? -1 : index.nearest(tx, ty);
          count(i, match >= 0);
          if (match >= 0
              && d.neighbour()[i] > ISOLATION
              && sources.get(SourceColumn.FLAGS)[match] == 0) {
            isolated.add(new int[] {i, match});
          }
        }
      }
      addMeasurements();
      addSpurious(trueX, trueY);
      addZeroPoint();
    }

    private boolean inside(double tx, double ty, double margin) {
      return tx > margin
          && ty > margin
          && tx < crop.section().width() - 1 - margin
          && ty < crop.section().height() - 1 - margin;
    }

    private void count(int i, boolean detected) {
      double sn = truth.detections().signalToNoise(i);
      if (sn >= 10) {
        wanted[0]++;
        found[0] += detected ? 1 : 0;
      }
      if (sn >= DETECTION_THRESHOLD) {
        wanted[1]++;
        found[1] += detected ? 1 : 0;
        expectedFound += gaussianProbability(sn - DETECTION_THRESHOLD);
      }
    }

    /**
     * Fluxes relative to the crop's own scale (median of the bright), positions relative to its
     * median offset.
     */
    private void addMeasurements() {
      SimulationTruth.Detections d = truth.detections();
      double scale = Statistics.median(bright().map(p -> flux(p[1]) / d.flux()[p[0]]));
      double dx = Statistics.median(bright().map(p -> offsetX(p)));
      double dy = Statistics.median(bright().map(p -> offsetY(p)));
      for (int[] p : isolated) {
        int i = p[0];
        double ratio = flux(p[1]) / scale / d.flux()[i] - 1;
        if (Double.isFinite(ratio)) {
          stars
              .computeIfAbsent(d.star()[i] + "/" + crop.id(), k -> new ArrayList<>())
              .add(
                  new Measurement(
                      d.signalToNoise(i),
                      ratio,
                      d.fluxBound()[i] / d.flux()[i],
                      (offsetX(p) - dx) / d.xBound()[i],
                      (offsetY(p) - dy) / d.yBound()[i]));
        }
      }
    }

    private Pairs bright() {
      return new Pairs(
          isolated.stream().filter(p -> truth.detections().signalToNoise(p[0]) > BRIGHT).toList());
    }

    private double flux(int source) {
      return sources.get(SourceColumn.FLUX_PSF)[source];
    }

    private double offsetX(int[] pair) {
      return x[pair[1]] + left - truth.detections().x()[pair[0]];
    }

    private double offsetY(int[] pair) {
      return y[pair[1]] + bottom - truth.detections().y()[pair[0]];
    }

    /** Clean, clear detections far from every simulated star and off streaks and moving objects. */
    private void addSpurious(List<Double> trueX, List<Double> trueY) {
      double[] tx = trueX.stream().mapToDouble(Double::doubleValue).toArray();
      double[] ty = trueY.stream().mapToDouble(Double::doubleValue).toArray();
      PositionIndex index = new PositionIndex(tx, ty, 3);
      for (int s = 0; s < sources.count(); s++) {
        boolean clean =
            sources.get(SourceColumn.FLAGS)[s] == 0
                && sources.get(SourceColumn.SN)[s] >= SPURIOUS_THRESHOLD;
        if (clean && inside(x[s], y[s], 12) && index.nearest(x[s], y[s]) < 0) {
          spurious += truth.isPassing(number, x[s] + left, y[s] + bottom, 6) ? 0 : 1;
        }
      }
      area += (double) crop.section().width() * crop.section().height() / 1e6;
    }

    /**
     * The zero point refers to the catalogue's band at the mean colour of its stars; the
     * simulation's magnitudes are of the system, which differs from that band by a colour term.
     */
    private void addZeroPoint() {
      double toBand = truth.stars().colourTerm() * (zeroPoint == null ? 0 : zeroPoint.meanColour());
      double offset =
          Statistics.median(
              bright()
                  .map(
                      p ->
                          epoch.zeroPoint
                              - 2.5 * Math.log10(flux(p[1]))
                              - (truth.detections().magnitude()[p[0]] - toBand)));
      if (Double.isFinite(offset)) {
        zeroPointErrors.add(offset);
      }
    }
  }

  /** Pairs of a true star and a source. */
  private record Pairs(List<int[]> pairs) {
    DoubleStream map(java.util.function.ToDoubleFunction<int[]> value) {
      return pairs.stream().mapToDouble(value);
    }
  }

  /** Offsets of a coadd's bright stars from the true sky positions [mas]. */
  private void addSky(CropCoadd coadd) {
    AstrometricSolution a = coadd.astrometry;
    if (a == null) {
      return;
    }
    double[] ra = truth.stars().ra();
    double[] dec = truth.stars().dec();
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
          skyOffsets.add(p[0] * MAS_PER_DEGREE - xi[match]);
          skyOffsets.add(p[1] * MAS_PER_DEGREE - eta[match]);
        }
      }
    }
  }

  private List<ReductionOutcome.TruthRow> rows() {
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
    String filter = String.format(Locale.ROOT, "%.3f (ideal filter, isolated)", ideal);
    rows.add(row("completeness of stars with S/N ≥ 5", "%.3f", all, filter, all >= ideal - 0.03));
    double noise = spurious / Math.max(area, 1e-9);
    rows.add(
        row(
            "detections of nothing, S/N ≥ 6, per Mpix and epoch (streak and asteroids apart)",
            "%.2f",
            noise,
            "1 and fewer",
            noise <= 1));
    for (double[] bin : BINS) {
      addBin(rows, bin);
    }
    addMeans(rows);
    double error =
        1000 * Statistics.median(zeroPointErrors.stream().mapToDouble(Double::doubleValue));
    rows.add(
        row(
            "zero point, achieved − true",
            "%+.1f mmag",
            error,
            "within 10 mmag",
            Math.abs(error) <= 10));
    double mas = deviation(skyOffsets);
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
    for (List<Measurement> star : stars.values()) {
      double mean = mean(star);
      int n = star.size();
      for (Measurement m : star) {
        if (m.signalToNoise >= bin[0] && m.signalToNoise < bin[1] && n >= FEWEST_EPOCHS) {
          // The mean takes its share of each deviation.
          flux.add((m.fluxRatio - mean) / m.fluxBound * Math.sqrt(n / (n - 1.0)));
          position.add(m.pullX);
          position.add(m.pullY);
        }
      }
    }
    if (flux.size() >= 20) {
      double f = deviation(flux);
      double p = deviation(position);
      String name = String.format(Locale.ROOT, "S/N %.0f–%.0f (%d)", bin[0], bin[1], flux.size());
      rows.add(
          row(
              "flux scatter over the epochs / Cramér–Rao bound, " + name,
              "%.2f",
              f,
              "1.10 and less",
              f <= 1.10));
      rows.add(
          row("position error / Cramér–Rao bound, " + name, "%.2f", p, "1.10 and less", p <= 1.10));
    }
  }

  private static double mean(List<Measurement> star) {
    double sum = 0;
    double weight = 0;
    for (Measurement m : star) {
      double w = 1 / (m.fluxBound * m.fluxBound);
      sum += w * m.fluxRatio;
      weight += w;
    }
    return sum / weight;
  }

  /**
   * What the mean over the epochs is off by, from star to star: flat field, PSF over the field,
   * unresolved neighbours.
   */
  private void addMeans(List<ReductionOutcome.TruthRow> rows) {
    List<Double> means = new ArrayList<>();
    for (List<Measurement> star : stars.values()) {
      double sn = star.stream().mapToDouble(Measurement::signalToNoise).average().orElse(0);
      if (star.size() >= FEWEST_EPOCHS && sn > BRIGHT) {
        means.add(2.5 / Math.log(10) * 1000 * mean(star));
      }
    }
    if (means.size() >= 20) {
      double spread = deviation(means);
      rows.add(
          row(
              "star-to-star error of the mean flux, S/N > 50",
              "%.1f mmag",
              spread,
              "15 mmag and less",
              spread <= 15));
    }
  }

  private static ReductionOutcome.TruthRow row(
      String quantity, String format, double value, String expected, boolean good) {
    return new ReductionOutcome.TruthRow(
        quantity, String.format(Locale.ROOT, format, value), expected, good);
  }

  /** Robust standard deviation: 1.4826 × the median absolute deviation. */
  private static double deviation(List<Double> list) {
    double[] values = list.stream().mapToDouble(Double::doubleValue).toArray();
    return Statistics.robustDeviation(values, Statistics.median(values));
  }

  /**
   * Probability that a Gaussian variable lies below z (Abramowitz &amp; Stegun 26.2.17, error below
   * 8e-8).
   */
  private static double gaussianProbability(double z) {
    double t = 1 / (1 + 0.2316419 * Math.abs(z));
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double tail = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
    return z >= 0 ? 1 - tail : tail;
  }
}
