package io.github.starlane.core.source;

import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.streak.BrightStars;
import io.github.starlane.core.streak.Streak;
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
      List<Streak> lines =
          new StreakFinder(backend, streakSettings)
              .find(residual, noise, image.frame().mask(), psf.fwhm(), bright(stars));
      new StreakMask(lines).mark(backend, image.frame().mask());
      return lines;
    }
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
