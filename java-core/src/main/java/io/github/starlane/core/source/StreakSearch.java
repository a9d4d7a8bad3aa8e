package io.github.starlane.core.source;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.streak.BrightStars;
import io.github.starlane.core.streak.Streak;
import io.github.starlane.core.streak.StreakEnd;
import io.github.starlane.core.streak.StreakFinder;
import io.github.starlane.core.streak.StreakMask;
import io.github.starlane.core.streak.StreakSettings;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.Stars;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Looks for streaks in what the sources leave over of a single exposure. Sources that stand close
 * together in a straight row are left in the image, for they may be pieces of a streak.
 */
final class StreakSearch {
  /** A row has at least so many sources. */
  private static final int LEAST_ROW = 6;

  /** Width of a row over its length, rms. */
  private static final double STRAIGHT = 0.1;

  /** Lines so many times as broad as the PSF need … */
  private static final double BROAD = 4;

  /** … this surface brightness [σ of the sky per pixel] … */
  private static final double LEAST_BROAD_BRIGHTNESS = 0.5;

  /** … and to be so many times as long as broad: galaxies are not. */
  private static final double LEAST_BROAD_LENGTH = 10;

  /** Width of a streak in units of the PSF's, if it is faint. */
  private static final double NARROWEST = 0.6;

  private static final double WIDEST = 1.6;

  /** S/N, in units of the threshold, that streaks of other widths need. */
  private static final double UNLIKE_PSF = 1.7;

  /** Ends within the image are known to this part of the length. */
  private static final double MOST_END_ERROR = 0.25;

  private static final int NOISE_SAMPLES = 20_000;

  private final Backend backend;
  private final SourceSettings settings;
  private final StreakSettings streakSettings;
  private final SourceImage image;
  private final SkyModel sky;
  private final Psf psf;

  StreakSearch(
      Backend backend,
      SourceSettings settings,
      StreakSettings streakSettings,
      SourceImage image,
      SkyModel sky,
      Psf psf) {
    this.backend = backend;
    this.settings = settings;
    this.streakSettings = streakSettings;
    this.image = image;
    this.sky = sky;
    this.psf = psf;
  }

  /** Finds lines of light and marks the pixels of streaks in the image's mask. */
  List<Streak> find(PsfFitResult fit, StarFitter fitter) {
    if (!image.singleExposure() || streakSettings.maximumStreaks() <= 0) {
      return List.of();
    }
    boolean[] row = rows(fit.x(), fit.y());
    int[] single = IntStream.range(0, row.length).filter(i -> !row[i]).toArray();
    try (Plane residual = sky.copy(sky.sky());
        Plane noise = sky.copy(sky.variance())) {
      Stars stars = Residual.drawable(FitRows.select(fit, single));
      if (stars.count() > 0) {
        fitter.takeOff(stars, residual, noise);
      }
      double excess = excessNoise(residual, noise);
      // No line below this is credible: the finder need not look at it.
      StreakSettings credible =
          new StreakSettings(
              excess * streakSettings.threshold(),
              streakSettings.minimumLength(),
              streakSettings.maximumStreaks());
      List<Streak> lines =
          new StreakFinder(backend, credible)
              .find(residual, noise, image.frame().mask(), psf.fwhm(), bright(stars)).stream()
                  .filter(line -> isCredible(line, excess))
                  .toList();
      new StreakMask(lines).mark(backend, image.frame().mask());
      return lines;
    }
  }

  /**
   * Scatter of the residual over its noise, at least 1: sources too faint to be found, and errors
   * of the PSF, are noise to a streak.
   */
  private double excessNoise(Plane residual, Plane noise) {
    int n = Math.min(NOISE_SAMPLES, image.width() * image.height());
    long step = (long) image.width() * image.height() / Math.max(1, n);
    int[] x = new int[n];
    int[] y = new int[n];
    for (int k = 0; k < n; k++) {
      x[k] = (int) (k * step % image.width());
      y[k] = (int) (k * step / image.width());
    }
    float[] values = backend.arithmetic().sample(residual, x, y);
    float[] variances = backend.arithmetic().sample(noise, x, y);
    double[] ratios = new double[n];
    Arrays.setAll(ratios, k -> values[k] / Math.sqrt(variances[k]));
    double scatter = Statistics.robustDeviation(ratios, Statistics.median(ratios));
    // NaN where nothing is known.
    return scatter > 1 ? scatter : 1;
  }

  /**
   * Faint lines that are not as wide as the PSF are chance rows of noise and faint sources; broad
   * ones of low surface brightness are errors of the background, short ones galaxies.
   */
  private boolean isCredible(Streak line, double excess) {
    double noise = Math.sqrt(Statistics.median(sky.background().variance()));
    double width = line.fwhm() / psf.fwhm();
    boolean likePsf = width > NARROWEST && width < WIDEST;
    double least = likePsf ? streakSettings.threshold() : UNLIKE_PSF * streakSettings.threshold();
    boolean bright = line.fluxPerLength() / line.fwhm() > LEAST_BROAD_BRIGHTNESS * noise;
    boolean slender = line.length() > LEAST_BROAD_LENGTH * line.fwhm();
    return line.signalToNoise() >= excess * least
        && ((bright && slender) || width < BROAD)
        && isKnown(line.first(), line.length())
        && isKnown(line.second(), line.length());
  }

  private static boolean isKnown(StreakEnd end, double length) {
    return end.atEdge() || Math.hypot(end.xError(), end.yError()) < MOST_END_ERROR * length;
  }

  private BrightStars bright(Stars stars) {
    int[] bright =
        IntStream.range(0, stars.count())
            .filter(i -> stars.flux()[i] * image.gain() > settings.haloFlux())
            .toArray();
    return new BrightStars(
        Arrays.stream(bright).mapToDouble(i -> stars.x()[i]).toArray(),
        Arrays.stream(bright).mapToDouble(i -> stars.y()[i]).toArray());
  }

  /** Which sources stand in straight rows. */
  private boolean[] rows(double[] x, double[] y) {
    int[] group = new Blends(settings.groupRadius() * psf.fwhm()).groups(x, y);
    Map<Integer, double[]> moments = new HashMap<>();
    for (int i = 0; i < x.length; i++) {
      double[] m = moments.computeIfAbsent(group[i], g -> new double[6]);
      double dx = x[i] - x[group[i]];
      double dy = y[i] - y[group[i]];
      m[0]++;
      m[1] += dx;
      m[2] += dy;
      m[3] += dx * dx;
      m[4] += dy * dy;
      m[5] += dx * dy;
    }
    boolean[] row = new boolean[x.length];
    for (int i = 0; i < x.length; i++) {
      row[i] = isRow(moments.get(group[i]));
    }
    return row;
  }

  private static boolean isRow(double[] m) {
    double n = m[0];
    if (n < LEAST_ROW) {
      return false;
    }
    double xx = m[3] / n - m[1] * m[1] / (n * n);
    double yy = m[4] / n - m[2] * m[2] / (n * n);
    double xy = m[5] / n - m[1] * m[2] / (n * n);
    double mean = (xx + yy) / 2;
    double difference = Math.hypot((xx - yy) / 2, xy);
    return mean - difference < STRAIGHT * STRAIGHT * (mean + difference);
  }
}
