package io.github.starlane.core.source;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.background.BackgroundGrid;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Numbers that describe an image, from the sources, the background and the PSF of its crops: those
 * of LAST's headers, and of LSST's summary statistics (ComputeExposureSummaryStatsTask) those that
 * a single image without a reference catalogue has.
 *
 * @param background of the blocks [electron]
 * @param gradientX change of the background along the whole width, of a plane fitted to the blocks
 *     [electron]; NaN for an image of several crops
 * @param gradientY the same along the height
 * @param variance of the blocks [electron²]
 * @param sources number of all sources
 * @param extended number of those that are galaxies
 * @param stars number of unflagged point sources with S/N 50 or more, which the next ones are about
 * @param xx median second moments of the stars [pixel²]
 * @param yy see xx
 * @param xy see xx
 * @param ellipticity median of the stars' hypot(e1, e2), e1 = (xx − yy) / (xx + yy), e2 = 2 xy /
 *     (xx + yy)
 * @param e1Delta the stars' e1 minus the PSF's
 * @param e2Delta the stars' e2 minus the PSF's
 * @param sizeDelta the stars' √((xx + yy) / 2) minus the PSF's [pixel]
 * @param psf what is known of the PSF all over the image
 * @param limitingFlux flux of a star at S/N 5, its own noise included [electron]
 * @param flux95 the flux that 95 % of the sources exceed [electron]
 * @param cosmicRays number of hits that were masked
 * @param sky noise at empty places; null if unknown
 */
public record ImageStatistics(
    Spread background,
    double gradientX,
    double gradientY,
    Spread variance,
    int sources,
    int extended,
    int stars,
    double xx,
    double yy,
    double xy,
    double ellipticity,
    Spread e1Delta,
    Spread e2Delta,
    Spread sizeDelta,
    PsfStatistics psf,
    double limitingFlux,
    double flux95,
    int cosmicRays,
    SkyNoise sky) {

  private static final double STAR_SIGNAL_TO_NOISE = 50;
  private static final double LIMIT = 5;

  /**
   * How values are spread.
   *
   * @param mean of all
   * @param median of all
   * @param deviation robust standard deviation, 1.4826 MAD
   * @param smallest of all
   * @param largest of all
   */
  public record Spread(
      double mean, double median, double deviation, double smallest, double largest) {

    static final Spread UNKNOWN =
        new Spread(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    static Spread of(DoubleStream values) {
      double[] all = values.filter(Double::isFinite).toArray();
      if (all.length == 0) {
        return UNKNOWN;
      }
      double median = Statistics.median(Arrays.stream(all));
      return new Spread(
          Arrays.stream(all).average().orElse(Double.NaN),
          median,
          Statistics.robustDeviation(all, median),
          Arrays.stream(all).min().orElse(Double.NaN),
          Arrays.stream(all).max().orElse(Double.NaN));
    }
  }

  /** Those of an image of which nothing is known. */
  public static final ImageStatistics UNKNOWN =
      new ImageStatistics(
          Spread.UNKNOWN,
          Double.NaN,
          Double.NaN,
          Spread.UNKNOWN,
          0,
          0,
          0,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Spread.UNKNOWN,
          Spread.UNKNOWN,
          Spread.UNKNOWN,
          PsfStatistics.UNKNOWN,
          Double.NaN,
          Double.NaN,
          0,
          SkyNoise.UNKNOWN);

  /**
   * The statistics of an image.
   *
   * @param sources of the whole image
   * @param crops what was found in its crops
   * @param psf of the whole image
   * @param width of the image [pixel]
   * @param height of the image [pixel]
   * @param gain electrons per image unit
   */
  public static ImageStatistics of(
      SourceTable sources, List<Extraction> crops, Psf psf, int width, int height, double gain) {
    Spread variance = Spread.of(blocks(crops, false));
    double[] gradient = crops.size() == 1 ? gradient(crops.get(0).background()) : null;
    PsfPlaces places = new PsfPlaces(psf, width, height);
    int[] stars = stars(sources);
    double[] x = pick(sources, SourceColumn.X, stars);
    double[] y = pick(sources, SourceColumn.Y, stars);
    double[] xx = pick(sources, SourceColumn.X2, stars);
    double[] yy = pick(sources, SourceColumn.Y2, stars);
    double[] xy = pick(sources, SourceColumn.XY, stars);
    double[][] near = new double[stars.length][];
    for (int i = 0; i < near.length; i++) {
      near[i] = places.moments(x[i], y[i]);
    }
    return new ImageStatistics(
        Spread.of(blocks(crops, true)),
        gradient == null ? Double.NaN : gradient[0],
        gradient == null ? Double.NaN : gradient[1],
        variance,
        sources.count(),
        (int) Arrays.stream(sources.get(SourceColumn.EXTENDED)).sum(),
        stars.length,
        Statistics.median(Arrays.stream(xx)),
        Statistics.median(Arrays.stream(yy)),
        Statistics.median(Arrays.stream(xy)),
        Statistics.median(each(stars, i -> Math.hypot(xx[i] - yy[i], 2 * xy[i]) / (xx[i] + yy[i]))),
        Spread.of(
            each(
                stars,
                i ->
                    (xx[i] - yy[i]) / (xx[i] + yy[i])
                        - (near[i][0] - near[i][1]) / (near[i][0] + near[i][1]))),
        Spread.of(
            each(
                stars,
                i -> 2 * xy[i] / (xx[i] + yy[i]) - 2 * near[i][2] / (near[i][0] + near[i][1]))),
        Spread.of(each(stars, i -> size(xx[i], yy[i]) - size(near[i][0], near[i][1]))),
        PsfStatistics.of(psf, places, sources, width, height),
        limitingFlux(variance.median(), psf.sumOfSquares(), gain),
        Statistics.quantile(sources.get(SourceColumn.FLUX_PSF), 0.05),
        crops.stream().mapToInt(Extraction::cosmicRays).sum(),
        crops.size() == 1 ? crops.get(0).skyNoise() : null);
  }

  /** f with f = 5 √(variance · area + f / gain). */
  private static double limitingFlux(double variance, double sumOfSquares, double gain) {
    double half = LIMIT * LIMIT / (2 * gain);
    return half + Math.sqrt(half * half + LIMIT * LIMIT * variance / sumOfSquares);
  }

  private static DoubleStream blocks(List<Extraction> crops, boolean level) {
    return crops.stream()
        .flatMapToDouble(
            crop -> {
              float[] values = level ? crop.background().level() : crop.background().variance();
              return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
            });
  }

  /** Slopes of the plane through the blocks, times their number along each axis. */
  private static double[] gradient(BackgroundGrid grid) {
    double middleX = (grid.columns() - 1) / 2.0;
    double middleY = (grid.rows() - 1) / 2.0;
    double[] sums = new double[4];
    for (int k = 0; k < grid.level().length; k++) {
      double u = k % grid.columns() - middleX;
      double v = k / grid.columns() - middleY;
      sums[0] += u * grid.level()[k];
      sums[1] += u * u;
      sums[2] += v * grid.level()[k];
      sums[3] += v * v;
    }
    return new double[] {
      sums[1] > 0 ? sums[0] / sums[1] * grid.columns() : 0,
      sums[3] > 0 ? sums[2] / sums[3] * grid.rows() : 0
    };
  }

  private static int[] stars(SourceTable sources) {
    double[] signalToNoise = sources.get(SourceColumn.SN);
    double[] flags = sources.get(SourceColumn.FLAGS);
    double[] neighbours = sources.get(SourceColumn.NEIGHBOURS);
    double[] spread = sources.get(SourceColumn.SPREAD);
    double[] error = sources.get(SourceColumn.SPREAD_ERROR);
    int spoilt = MaskBit.bad() | MaskBit.NON_LINEAR.bit();
    IntPredicate good =
        i ->
            signalToNoise[i] >= STAR_SIGNAL_TO_NOISE
                && ((int) flags[i] & spoilt) == 0
                && neighbours[i] == 0
                && Math.abs(spread[i]) < 0.1 + 4 * error[i];
    return IntStream.range(0, sources.count()).filter(good).toArray();
  }

  /** Of second moments [pixel]. */
  static double size(double xx, double yy) {
    return Math.sqrt(Math.max(0, xx + yy) / 2);
  }

  private static double[] pick(SourceTable table, SourceColumn column, int[] rows) {
    double[] values = table.get(column);
    return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
  }

  private static DoubleStream each(int[] stars, java.util.function.IntToDoubleFunction value) {
    return IntStream.range(0, stars.length).mapToDouble(value);
  }
}
