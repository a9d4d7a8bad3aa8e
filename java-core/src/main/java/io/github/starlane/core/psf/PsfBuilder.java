package io.github.starlane.core.psf;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.aperture.ApertureParameters;
import io.github.starlane.kernels.aperture.ApertureResult;
import io.github.starlane.kernels.psffit.PsfFitParameters;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.PsfModel;
import io.github.starlane.kernels.psffit.Stars;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds the effective PSF of an image from its isolated stars.
 *
 * <p>Starts from a Moffat profile with the stars' median second moments; then, in turns, fits all
 * stars with the model and corrects the model by the mean residual at each grid point. Where few
 * samples fall on a grid point the correction shrinks towards zero; in the wings it is the mean
 * over angles.
 */
public final class PsfBuilder {
  private static final double MOFFAT_BETA = 3;

  /** Pixels that the typical noise of an image is taken from. */
  private static final int NOISE_SAMPLES = 10_000;

  /** A polynomial with more terms than stars can carry fits their noise. */
  private static final int STARS_PER_TERM = 12;

  private static final double DEFAULT_FWHM = 2.5;
  private static final double FWHM_PER_SIGMA = 2.3548200450309493;

  private final Backend backend;
  private final PsfSettings settings;

  /** A builder. */
  public PsfBuilder(Backend backend, PsfSettings settings) {
    this.backend = backend;
    this.settings = settings;
  }

  /**
   * Sources to choose from.
   *
   * @param x column [pixel]
   * @param y row [pixel]
   * @param flux approximate
   * @param signalToNoise significance
   */
  public record Candidates(double[] x, double[] y, double[] flux, double[] signalToNoise) {}

  /**
   * Builds the PSF.
   *
   * @param image background-subtracted [electron]
   * @param variance of the background [electron²]
   * @param mask bits of {@link MaskBit}
   * @param candidates detections, most significant first
   * @param gain electrons per image unit
   */
  public Psf build(
      Plane image, Plane variance, MaskPlane mask, Candidates candidates, double gain) {
    double[] shape = medianShape(image, variance, mask, candidates);
    double sigma = Math.sqrt((shape[0] + shape[1]) / 2);
    int radius = (int) Math.min(15, Math.max(6, Math.ceil(4 * sigma * FWHM_PER_SIGMA)));
    int size = 2 * (radius * settings.oversampling() + 2) + 1;
    PsfGrid guess =
        PsfGrid.moffat(size, settings.oversampling(), shape[0], shape[1], shape[2], MOFFAT_BETA);
    int[] chosen = choose(image, mask, candidates, sigma * FWHM_PER_SIGMA, radius);
    PsfField field =
        PsfField.constant(guess, degreeFor(chosen.length), image.width(), image.height());
    if (chosen.length >= settings.minimumStars()) {
      Stars stars = pick(candidates, chosen);
      double noise = medianNoise(variance);
      double wing = 1.5 * sigma * FWHM_PER_SIGMA;
      for (int round = 0; round <= settings.iterations(); round++) {
        PsfFitResult fit = fit(image, variance, mask, field.model(), stars, sigma, gain);
        ResidualField residuals = new ResidualField(field, guess, noise, gain, wing, radius);
        collect(residuals, image, mask, fit);
        if (round == 0) {
          MoffatFit.Shape better = residuals.moffat(sigma * FWHM_PER_SIGMA);
          double s2 = better.scale() * better.scale();
          guess =
              PsfGrid.moffat(
                  size,
                  settings.oversampling(),
                  s2 * shape[0],
                  s2 * shape[1],
                  s2 * shape[2],
                  better.beta());
          field = PsfField.constant(guess, field.degree(), image.width(), image.height());
        } else {
          field = residuals.corrected().pinned(guess, radius - 3, radius).settled(sigma);
          stars = usable(fit, stars);
        }
      }
    }
    return describe(field, sigma, chosen.length);
  }

  /** Each polynomial degree wants its share of stars. */
  private int degreeFor(int stars) {
    int degree = 0;
    while (degree < settings.degree() && stars >= STARS_PER_TERM * PsfField.count(degree + 1)) {
      degree++;
    }
    return degree;
  }

  private static Psf describe(PsfField field, double sigma, int stars) {
    PsfGrid grid = field.middle();
    double[] m = grid.moments(Math.max(1, sigma));
    double mean = (m[2] + m[3]) / 2;
    double difference = Math.hypot((m[2] - m[3]) / 2, m[4]);
    double major = Math.sqrt(mean + difference);
    double minor = Math.sqrt(Math.max(0, mean - difference));
    double angle = Math.toDegrees(0.5 * Math.atan2(2 * m[4], m[2] - m[3]));
    double squares = 0;
    int half = grid.size / 2;
    for (int j = half % grid.oversampling; j < grid.size; j += grid.oversampling) {
      for (int i = half % grid.oversampling; i < grid.size; i += grid.oversampling) {
        squares += grid.values[j * grid.size + i] * grid.values[j * grid.size + i];
      }
    }
    return new Psf(field.model(), grid.fwhm(), 1 - minor / major, angle, squares, stars);
  }

  /**
   * Median second moments {xx, yy, xy} of the candidates, pixel and window removed; a default where
   * none can be measured.
   */
  private double[] medianShape(Plane image, Plane variance, MaskPlane mask, Candidates c) {
    double window = 2;
    ApertureResult moments = null;
    double[] shape = {0, 0, 0};
    for (int round = 0; round < 3; round++) {
      ApertureParameters parameters =
          new ApertureParameters(
              new double[] {3},
              10,
              14,
              ApertureParameters.Level.MEDIAN,
              window,
              Math.ceil(4 * window),
              2,
              MaskBit.bad());
      moments = backend.aperture().measure(image, variance, mask, c.x(), c.y(), parameters);
      shape[0] = median(moments.x2(), c, moments.flags());
      shape[1] = median(moments.y2(), c, moments.flags());
      shape[2] = median(moments.xy(), c, moments.flags());
      if (!(shape[0] > 0) || !(shape[1] > 0)) {
        double s2 = Math.pow(DEFAULT_FWHM / FWHM_PER_SIGMA, 2);
        return new double[] {s2, s2, 0};
      }
      window = Math.min(8, Math.max(0.8, Math.sqrt((shape[0] + shape[1]) / 2)));
    }
    // The moments are those of the pixel-integrated profile: a pixel adds 1/12.
    double s = 1.0 / 12;
    return new double[] {Math.max(0.2, shape[0] - s), Math.max(0.2, shape[1] - s), shape[2]};
  }

  private double median(double[] values, Candidates c, int[] flags) {
    double[] good = new double[values.length];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      boolean significant = c.signalToNoise()[i] >= settings.minimumSignalToNoise();
      if (Double.isFinite(values[i]) && significant && (flags[i] & MaskBit.bad()) == 0) {
        good[n++] = values[i];
      }
    }
    return Statistics.median(Arrays.stream(good, 0, n));
  }

  private int[] choose(Plane image, MaskPlane mask, Candidates c, double fwhm, int radius) {
    List<Integer> chosen = new ArrayList<>();
    int[] bits = backend.toHost(mask);
    for (int i = 0; i < c.x().length && chosen.size() < settings.maximumStars(); i++) {
      boolean significant =
          c.signalToNoise()[i] >= settings.minimumSignalToNoise()
              && c.signalToNoise()[i] <= settings.maximumSignalToNoise();
      if (significant
          && isInside(image, c.x()[i], c.y()[i], radius)
          && isClean(bits, image.width(), c.x()[i], c.y()[i], radius)
          && isIsolated(c, i, settings.isolation() * fwhm)) {
        chosen.add(i);
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean isInside(Plane image, double x, double y, int radius) {
    return x >= radius + 1
        && y >= radius + 1
        && x < image.width() - radius - 2
        && y < image.height() - radius - 2;
  }

  private static boolean isClean(int[] bits, int width, double x, double y, int radius) {
    int bad = MaskBit.bad() | MaskBit.NON_LINEAR.bit();
    int reach = Math.min(radius, 5);
    for (int j = (int) y - reach; j <= (int) y + reach; j++) {
      for (int i = (int) x - reach; i <= (int) x + reach; i++) {
        if ((bits[j * width + i] & bad) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isIsolated(Candidates c, int star, double distance) {
    for (int i = 0; i < c.x().length; i++) {
      double dx = c.x()[i] - c.x()[star];
      double dy = c.y()[i] - c.y()[star];
      if (i != star
          && dx * dx + dy * dy < distance * distance
          && c.flux()[i] > 0.05 * c.flux()[star]) {
        return false;
      }
    }
    return true;
  }

  private static Stars pick(Candidates c, int[] chosen) {
    double[] x = new double[chosen.length];
    double[] y = new double[chosen.length];
    double[] flux = new double[chosen.length];
    for (int k = 0; k < chosen.length; k++) {
      x[k] = c.x()[chosen[k]];
      y[k] = c.y()[chosen[k]];
      flux[k] = c.flux()[chosen[k]];
    }
    return new Stars(x, y, flux);
  }

  private PsfFitResult fit(
      Plane image,
      Plane variance,
      MaskPlane mask,
      PsfModel model,
      Stars stars,
      double sigma,
      double gain) {
    int box = (int) Math.max(3, Math.ceil(2.5 * sigma));
    PsfFitParameters parameters =
        new PsfFitParameters(box, true, false, 0, 1, 20, 0.5, 2, 1e-3, gain, MaskBit.bad());
    return backend.psfFit().fit(image, variance, mask, model, stars, parameters);
  }

  /** The stars whose fits are good, at their fitted values. */
  private static Stars usable(PsfFitResult fit, Stars stars) {
    double[] chi = new double[stars.count()];
    for (int i = 0; i < chi.length; i++) {
      chi[i] = fit.chiSquare()[i] / Math.max(1, fit.degreesOfFreedom()[i]);
    }
    double[] sorted = Arrays.stream(chi).filter(Double::isFinite).sorted().toArray();
    double limit = sorted.length == 0 ? 0 : 4 * sorted[sorted.length / 2] + 2;
    int[] keep =
        java.util.stream.IntStream.range(0, chi.length)
            .filter(i -> chi[i] <= limit && fit.flux()[i] > 0 && Double.isFinite(fit.x()[i]))
            .toArray();
    return new Stars(
        Arrays.stream(keep).mapToDouble(i -> fit.x()[i]).toArray(),
        Arrays.stream(keep).mapToDouble(i -> fit.y()[i]).toArray(),
        Arrays.stream(keep).mapToDouble(i -> fit.flux()[i]).toArray());
  }

  private void collect(ResidualField residuals, Plane image, MaskPlane mask, PsfFitResult fit) {
    float[] pixels = backend.toHost(image);
    int[] bits = backend.toHost(mask);
    for (int i = 0; i < fit.x().length; i++) {
      if (Double.isFinite(fit.x()[i]) && fit.flux()[i] > 0) {
        residuals.add(
            pixels, bits, image.width(), image.height(), fit.x()[i], fit.y()[i], fit.flux()[i]);
      }
    }
  }

  private double medianNoise(Plane variance) {
    int n = Math.min(NOISE_SAMPLES, variance.width() * variance.height());
    long step = (long) variance.width() * variance.height() / Math.max(1, n);
    int[] x = new int[n];
    int[] y = new int[n];
    for (int k = 0; k < n; k++) {
      x[k] = (int) (k * step % variance.width());
      y[k] = (int) (k * step / variance.width());
    }
    double median = Statistics.median(backend.arithmetic().sample(variance, x, y));
    return n == 0 ? 1 : Math.sqrt(Math.max(1e-6, median));
  }
}
