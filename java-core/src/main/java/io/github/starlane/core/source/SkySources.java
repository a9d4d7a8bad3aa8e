package io.github.starlane.core.source;

import io.github.starlane.core.PositionIndex;
import io.github.starlane.core.Statistics;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.aperture.ApertureParameters;
import io.github.starlane.kernels.aperture.ApertureResult;
import io.github.starlane.kernels.psffit.PsfFitResult;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Measures random empty places like sources (LSST calls them sky sources). */
final class SkySources {
  private static final long SEED = 98_765;
  private static final int TRIALS_PER_PLACE = 10;

  /** Farther from a source than this is empty [pixel], as with LSST. */
  private static final double DISTANCE = 8;

  private static final int LEAST_PLACES = 10;

  private final Backend backend;
  private final SourceSettings settings;

  SkySources(Backend backend, SourceSettings settings) {
    this.backend = backend;
    this.settings = settings;
  }

  /** The noise; null where there is hardly an empty place. */
  SkyNoise measure(
      SourceImage image,
      SourceTable sources,
      Residual residual,
      Psf psf,
      ApertureParameters parameters) {
    double[][] places = places(image, sources);
    ApertureResult aperture =
        backend
            .aperture()
            .measure(
                image.frame().image(),
                image.frame().variance(),
                image.frame().mask(),
                places[0],
                places[1],
                parameters);
    int[] good =
        IntStream.range(0, places[0].length)
            .filter(i -> (aperture.flags()[i] & MaskBit.bad()) == 0)
            .toArray();
    if (good.length < LEAST_PLACES) {
      return null;
    }
    PsfFitResult fit = residual.fluxes(psf.model(), pick(places[0], good), pick(places[1], good));
    int n = parameters.radii().length;
    double[] deviation = new double[n];
    double[] ratio = new double[n];
    for (int r = 0; r < n; r++) {
      deviation[r] = deviation(pick(aperture.flux()[r], good));
      ratio[r] = deviation[r] / median(pick(aperture.fluxError()[r], good));
    }
    double psfDeviation = deviation(fit.flux());
    return new SkyNoise(
        good.length,
        deviation,
        ratio,
        median(fit.flux()),
        psfDeviation,
        psfDeviation / median(fit.fluxError()));
  }

  /** Random places away from all sources; the same ones whenever the image is the same. */
  private double[][] places(SourceImage image, SourceTable sources) {
    SplittableRandom random = new SplittableRandom(SEED);
    PositionIndex index =
        new PositionIndex(sources.get(SourceColumn.X), sources.get(SourceColumn.Y), DISTANCE);
    int wanted = settings.skySources();
    double[] x = new double[wanted];
    double[] y = new double[wanted];
    double border = settings.annulusOuter() + 1;
    int n = 0;
    boolean fits = image.width() > 2 * border + 1 && image.height() > 2 * border + 1;
    for (int trial = 0; fits && n < wanted && trial < TRIALS_PER_PLACE * wanted; trial++) {
      x[n] = random.nextDouble(border, image.width() - 1 - border);
      y[n] = random.nextDouble(border, image.height() - 1 - border);
      n += index.nearest(x[n], y[n]) < 0 ? 1 : 0;
    }
    return new double[][] {Arrays.copyOf(x, n), Arrays.copyOf(y, n)};
  }

  private static double[] pick(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }

  private static double median(double[] values) {
    return Statistics.median(values);
  }

  private static double deviation(double[] values) {
    return Statistics.robustDeviation(values, median(values));
  }
}
