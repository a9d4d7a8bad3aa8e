package io.github.starlane.core.source;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.psffit.PsfModel;
import io.github.starlane.kernels.psffit.Stars;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Halos of very bright stars: the light beyond the PSF's stamp, scattered in the optics and the
 * air.
 *
 * <p>It is measured in rings around the image's own bright stars, after all stars known so far have
 * been taken off, and described by a power law of the radius, H(r) = a r<sup>−b</sup> per pixel and
 * flux; each star may have its own multiple of it where its rings say so (the flux of a saturated
 * star is uncertain). Where the bright stars show no such light, nothing is taken off.
 */
final class HaloModel {
  private static final int MOST_STARS = 60;
  private static final int RINGS = 14;
  private static final int SAMPLES_PER_RING = 240;

  /** Rings with a fainter halo than this say nothing [σ]. */
  private static final double SIGNIFICANT = 3;

  /** Halos fainter than this fraction of the sky's noise are not drawn. */
  private static final double NEGLIGIBLE = 0.05;

  /** Here the PSF should leave nothing [radius of its stamp]. */
  private static final double INSIDE = 0.6;

  private static final double LEAST_SLOPE = 1;
  private static final double GREATEST_SLOPE = 6;

  private final Backend backend;
  private final SourceSettings settings;
  private final SourceImage image;
  private final int inner;

  HaloModel(Backend backend, SourceSettings settings, SourceImage image, Psf psf) {
    this.backend = backend;
    this.settings = settings;
    this.image = image;
    this.inner = psf.model().radius();
  }

  /**
   * Mean light in rings around a star.
   *
   * @param perFlux light per pixel over the star's flux
   * @param error its 1-σ error; infinite where there is no good pixel
   */
  private record Rings(double[] perFlux, double[] error) {}

  /** H(r) = amplitude · (r / scale)^−slope. */
  private record PowerLaw(double amplitude, double slope, double scale) {
    double at(double r) {
      return amplitude * Math.pow(r / scale, -slope);
    }
  }

  /** Fits halos, if there are any, takes them off the sky and tells whether it did. */
  boolean fit(Stars stars, SkyModel sky, StarFitter fitter) {
    int[] bright = bright(stars);
    int outer = Math.min(settings.haloRadius(), Math.min(image.width(), image.height()) / 2);
    if (bright.length == 0 || outer < 1.5 * inner) {
      return false;
    }
    double[] radii = radii(outer);
    double noise = Math.sqrt(Statistics.median(sky.background().variance()));
    Rings[] rings = new Rings[bright.length];
    int count = 0;
    try (Plane residual = sky.copy(sky.sky())) {
      fitter.takeOff(stars, residual);
      for (int i : bright) {
        double x = stars.x()[i];
        double y = stars.y()[i];
        double flux = stars.flux()[i];
        rings[count] = rings(residual, x, y, flux, radii, noise);
        bright[count] = i;
        count += isStar(residual, x, y, rings[count], flux) ? 1 : 0;
      }
    }
    bright = Arrays.copyOf(bright, count);
    rings = Arrays.copyOf(rings, count);
    PowerLaw law = powerLaw(radii, rings);
    if (law != null) {
      takeOff(law, stars, bright, rings, radii, noise, sky, outer);
    }
    return law != null;
  }

  /** The brightest stars above the limit. */
  private int[] bright(Stars stars) {
    return IntStream.range(0, stars.count())
        .filter(i -> stars.flux()[i] * image.gain() > settings.haloFlux())
        .boxed()
        .sorted((a, b) -> Double.compare(stars.flux()[b], stars.flux()[a]))
        .limit(MOST_STARS)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private double[] radii(int outer) {
    double[] radii = new double[RINGS];
    for (int k = 0; k < RINGS; k++) {
      radii[k] = (inner + 1) * Math.pow(outer / (inner + 1.0), (k + 0.5) / RINGS);
    }
    return radii;
  }

  /** Medians along circles, which other stars disturb little. */
  private Rings rings(
      Plane residual, double x, double y, double flux, double[] radii, double noise) {
    double[] perFlux = new double[RINGS];
    double[] error = new double[RINGS];
    for (int k = 0; k < RINGS; k++) {
      double[] light = ring(residual, x, y, radii[k]);
      double pixels =
          Math.min(light.length, 2 * Math.PI * radii[k] * light.length / SAMPLES_PER_RING);
      boolean known = light.length > SAMPLES_PER_RING / 4;
      perFlux[k] = known ? Statistics.median(light) / flux : 0;
      error[k] = known ? 1.2533 * noise / Math.sqrt(pixels) / flux : Double.POSITIVE_INFINITY;
    }
    return new Rings(perFlux, error);
  }

  /** Good pixels along a circle. */
  private double[] ring(Plane residual, double x, double y, double radius) {
    int[] column = new int[SAMPLES_PER_RING];
    int[] row = new int[SAMPLES_PER_RING];
    int n = 0;
    for (int a = 0; a < SAMPLES_PER_RING; a++) {
      double angle = 2 * Math.PI * a / SAMPLES_PER_RING;
      int u = (int) Math.round(x + radius * Math.cos(angle));
      int v = (int) Math.round(y + radius * Math.sin(angle));
      if (u >= 0 && v >= 0 && u < image.width() && v < image.height()) {
        column[n] = u;
        row[n++] = v;
      }
    }
    float[] light =
        backend.arithmetic().sample(residual, Arrays.copyOf(column, n), Arrays.copyOf(row, n));
    return IntStream.range(0, n).mapToDouble(i -> light[i]).filter(Double::isFinite).toArray();
  }

  /**
   * Whether the PSF explains the light inside of its stamp: of a galaxy, more is left there than
   * farther out.
   */
  private boolean isStar(Plane residual, double x, double y, Rings rings, double flux) {
    double[] light = ring(residual, x, y, INSIDE * inner);
    double left = light.length == 0 ? 0 : Statistics.median(light) / flux;
    return !(left > rings.perFlux[0] + SIGNIFICANT * rings.error[0]);
  }

  /** A straight line through the logarithms of the mean rings; null if they show no halo. */
  private static PowerLaw powerLaw(double[] radii, Rings[] rings) {
    double[] sums = new double[6];
    double scale = radii[RINGS / 2];
    int used = 0;
    for (int k = 0; k < RINGS; k++) {
      double weight = 0;
      double sum = 0;
      for (Rings star : rings) {
        double w = 1 / (star.error[k] * star.error[k]);
        weight += w;
        sum += w * star.perFlux[k];
      }
      double mean = sum / weight;
      double significance = mean * Math.sqrt(weight);
      if (significance > SIGNIFICANT) {
        // The error of a logarithm is the relative error; no ring alone decides.
        double w = Math.min(significance * significance, 400);
        double t = Math.log(radii[k] / scale);
        double v = Math.log(mean);
        sums[0] += w;
        sums[1] += w * t;
        sums[2] += w * t * t;
        sums[3] += w * v;
        sums[4] += w * t * v;
        used++;
      }
    }
    double determinant = sums[0] * sums[2] - sums[1] * sums[1];
    if (used < 3 || !(determinant > 0)) {
      return null;
    }
    double slope = -(sums[0] * sums[4] - sums[1] * sums[3]) / determinant;
    double bounded = Math.clamp(slope, LEAST_SLOPE, GREATEST_SLOPE);
    double logarithm = (sums[3] + bounded * sums[1]) / sums[0];
    return new PowerLaw(Math.exp(logarithm), bounded, scale);
  }

  private void takeOff(
      PowerLaw law,
      Stars stars,
      int[] bright,
      Rings[] rings,
      double[] radii,
      double noise,
      SkyModel sky,
      int outer) {
    double[] x = new double[bright.length];
    double[] y = new double[bright.length];
    double[] flux = new double[bright.length];
    double brightest = 0;
    for (int k = 0; k < bright.length; k++) {
      x[k] = stars.x()[bright[k]];
      y[k] = stars.y()[bright[k]];
      flux[k] = stars.flux()[bright[k]] * multiple(law, radii, rings[k]);
      brightest = Math.max(brightest, flux[k]);
    }
    double visible =
        law.scale * Math.pow(brightest * law.amplitude / (NEGLIGIBLE * noise), 1 / law.slope);
    int reach = (int) Math.clamp(Math.ceil(visible), inner + 2, outer);
    Plane light = sky.allocate();
    backend.psfFit().addStars(light, model(law, reach), new Stars(x, y, flux), 1, reach);
    sky.takeOff(light);
  }

  /** How many times the mean law a star's own rings show; 1 where they say little. */
  private static double multiple(PowerLaw law, double[] radii, Rings star) {
    double weight = 1 / 0.01;
    double sum = weight;
    for (int k = 0; k < RINGS; k++) {
      double expected = law.at(radii[k]);
      double w = Math.pow(expected / star.error[k], 2);
      weight += w;
      sum += w * star.perFlux[k] / expected;
    }
    return Math.max(0, sum / weight);
  }

  /** The power law as a stamp of one grid point per pixel, nothing where the PSF's stamp is. */
  private PsfModel model(PowerLaw law, int reach) {
    int half = reach + 2;
    int size = 2 * half + 1;
    float[] basis = new float[size * size];
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        double r = Math.hypot(i - half, j - half);
        // From nothing to all of it within two pixels; what it has at the end is left to the sky.
        double share = r < reach ? Math.clamp((r - inner) / 2, 0, 1) : 0;
        basis[j * size + i] = (float) (share > 0 ? share * (law.at(r) - law.at(reach)) : 0);
      }
    }
    return new PsfModel(size, 1, 0, 0, 0, 1, basis);
  }
}
