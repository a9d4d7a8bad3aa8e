package io.github.starlane.core.psf;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.psffit.PsfFitParameters;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.PsfModel;
import io.github.starlane.kernels.psffit.Stars;
import io.github.starlane.testdata.Ellipse;
import io.github.starlane.testdata.Moffat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A camera's image of stars without sky, whose PSF is known at every place. */
final class SimulatedCamera {
  static final double SKY_NOISE = 15;
  static final PsfSettings SETTINGS = new PsfSettings(4, 2, 30, 5000, 300, 8, 4, 4);
  static final Backend BACKEND = Backends.select("auto").backend();

  /** Light that reaches so far is drawn [pixel]. */
  private static final int REACH = 30;

  /** The fraction of a star's flux in the pixel at an offset. */
  interface Profile {
    double pixel(double dx, double dy);
  }

  /** The PSF at a position. */
  interface Field {
    Profile at(double x, double y);
  }

  /** A star, with the S/N that its candidate claims. */
  record Star(double x, double y, double flux) {}

  final int width;
  final int height;
  final Field psf;
  final float[] pixels;
  final float[] variance;
  final int[] mask;
  final List<Star> stars = new ArrayList<>();
  final RandomGenerator random;

  SimulatedCamera(int width, int height, Field psf, long seed) {
    this.width = width;
    this.height = height;
    this.psf = psf;
    this.random = new SplittableRandom(seed);
    pixels = new float[width * height];
    variance = new float[width * height];
    mask = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (SKY_NOISE * random.nextGaussian());
      variance[i] = (float) (SKY_NOISE * SKY_NOISE);
    }
  }

  static Profile moffat(double fwhm, double beta, double e1, double e2) {
    return new Moffat(fwhm, beta, Ellipse.ofEllipticity(e1, e2))::pixel;
  }

  /** Two equal peaks. */
  static Profile doubled(double fwhm, double dx, double dy) {
    Profile one = moffat(fwhm, 3, 0, 0);
    return (x, y) ->
        0.5 * one.pixel(x - dx / 2, y - dy / 2) + 0.5 * one.pixel(x + dx / 2, y + dy / 2);
  }

  /** A ring, blurred. */
  static Profile donut(double radius, double fwhm) {
    int n = 40;
    Profile one = moffat(fwhm, 3, 0, 0);
    return (x, y) -> {
      double sum = 0;
      for (int k = 0; k < n; k++) {
        double angle = 2 * Math.PI * k / n;
        sum += one.pixel(x - radius * Math.cos(angle), y - radius * Math.sin(angle)) / n;
      }
      return sum;
    };
  }

  /** Draws a star with its own noise. */
  void star(double x, double y, double flux) {
    stars.add(new Star(x, y, flux));
    draw(psf.at(x, y), x, y, flux);
  }

  /** Draws anything, with its own noise. */
  void draw(Profile profile, double x, double y, double flux) {
    for (int j = Math.max(0, (int) y - REACH); j <= Math.min(height - 1, (int) y + REACH); j++) {
      for (int i = Math.max(0, (int) x - REACH); i <= Math.min(width - 1, (int) x + REACH); i++) {
        double mean = flux * profile.pixel(i - x, j - y);
        pixels[j * width + i] += (float) (mean + Math.sqrt(mean) * random.nextGaussian());
      }
    }
  }

  /** About so many stars, each somewhere in its cell of a square grid. */
  SimulatedCamera grid(int number, double faintest, double brightest) {
    double cell = Math.sqrt((double) width * height / number);
    for (double y = cell / 2; y < height; y += cell) {
      for (double x = cell / 2; x < width; x += cell) {
        double wander = cell / 2 - 14;
        star(
            x + random.nextDouble(-wander, wander),
            y + random.nextDouble(-wander, wander),
            faintest * Math.pow(brightest / faintest, random.nextDouble()));
      }
    }
    return this;
  }

  /** Stars as a detection would report those of a crop. */
  PsfCandidates candidates(List<Star> of, int x0, int y0, int w, int h) {
    List<Star> inside =
        of.stream()
            .filter(s -> s.x > x0 && s.y > y0 && s.x < x0 + w - 1 && s.y < y0 + h - 1)
            .sorted(Comparator.comparingDouble(s -> -s.flux))
            .toList();
    return new PsfCandidates(
        inside.stream().mapToDouble(s -> s.x - x0 + 0.15 * Math.sin(99 * s.x)).toArray(),
        inside.stream().mapToDouble(s -> s.y - y0 + 0.15 * Math.sin(99 * s.y)).toArray(),
        inside.stream().mapToDouble(Star::flux).toArray(),
        inside.stream().mapToDouble(s -> s.flux / (4 * SKY_NOISE)).toArray());
  }

  /** Stars that a crop offers. */
  PsfStars select(PsfSettings settings, PsfCandidates candidates, int x0, int y0, int w, int h) {
    float[] sky = new float[w * h];
    float[] noise = new float[w * h];
    int[] bits = new int[w * h];
    for (int j = 0; j < h; j++) {
      System.arraycopy(pixels, (y0 + j) * width + x0, sky, j * w, w);
      System.arraycopy(variance, (y0 + j) * width + x0, noise, j * w, w);
      System.arraycopy(mask, (y0 + j) * width + x0, bits, j * w, w);
    }
    try (Plane image = BACKEND.fromHost(sky, w, h);
        Plane variances = BACKEND.fromHost(noise, w, h);
        MaskPlane masks = BACKEND.fromHost(bits, w, h)) {
      return new PsfStarSelector(BACKEND, settings)
          .select(image, variances, masks, candidates, x0, y0);
    }
  }

  PsfStars select(PsfSettings settings, int x0, int y0, int w, int h) {
    return select(settings, candidates(stars, x0, y0, w, h), x0, y0, w, h);
  }

  /** The PSF from the whole camera as one crop. */
  Psf build(PsfSettings settings) {
    return new PsfBuilder(settings)
        .build(List.of(select(settings, 0, 0, width, height)), width, height, 1);
  }

  /** Largest difference of a model from the truth, as a fraction of the true peak. */
  double worst(Psf model, double x, double y, double reach) {
    PsfGrid grid = PsfField.grid(model.model(), x, y);
    Profile truth = psf.at(x, y);
    int half = grid.size / 2;
    int n = (int) Math.min(half, reach * grid.oversampling);
    double worst = 0;
    double peak = 0;
    for (int j = -n; j <= n; j++) {
      for (int i = -n; i <= n; i++) {
        double expected = truth.pixel(i / 4.0, j / 4.0);
        double value = grid.values[(half + j) * grid.size + half + i];
        worst = Math.max(worst, Math.abs(value - expected));
        peak = Math.max(peak, expected);
      }
    }
    return worst / peak;
  }

  /**
   * Measured over true flux of noiseless stars at places of the camera, as the kernel fits them
   * with a model; where in a pixel they stand differs from star to star.
   */
  double[] fluxRatios(PsfModel model, double[] x, double[] y, double flux, double fwhm) {
    return ratios(model, x, y, flux, fwhm, false);
  }

  /** The same of stars with noise of their own. */
  double[] noisyFluxRatios(PsfModel model, double[] x, double[] y, double flux, double fwhm) {
    return ratios(model, x, y, flux, fwhm, true);
  }

  /** An empty camera that sees this one's PSF from another origin. */
  SimulatedCamera shifted(double originX, double originY) {
    return new SimulatedCamera(1, 1, (x, y) -> psf.at(x + originX, y + originY), 1);
  }

  private double[] ratios(
      PsfModel model, double[] x, double[] y, double flux, double fwhm, boolean noisy) {
    // The kernel looks no farther than its box, which fits in here with room to move.
    int box = (int) Math.max(3, Math.ceil(2.2 * fwhm));
    int reach = box + 4;
    int cell = 2 * reach + 1;
    double[] ratios = new double[x.length];
    for (int k = 0; k < x.length; k++) {
      int x0 = (int) Math.rint(x[k]) - reach;
      int y0 = (int) Math.rint(y[k]) - reach;
      float[] image = new float[cell * cell];
      float[] noise = new float[cell * cell];
      Profile truth = psf.at(x[k], y[k]);
      for (int p = 0; p < image.length; p++) {
        double mean = flux * truth.pixel(x0 + p % cell - x[k], y0 + p / cell - y[k]);
        double sigma = Math.sqrt(mean + SKY_NOISE * SKY_NOISE);
        image[p] = (float) (mean + (noisy ? sigma * random.nextGaussian() : 0));
        noise[p] = (float) (SKY_NOISE * SKY_NOISE);
      }
      PsfModel here =
          new PsfModel(
              model.gridSize(),
              model.oversampling(),
              model.degree(),
              model.centreX() - x0,
              model.centreY() - y0,
              model.scale(),
              model.basis());
      try (Plane plane = BACKEND.fromHost(image, cell, cell);
          Plane variances = BACKEND.fromHost(noise, cell, cell)) {
        PsfFitResult fit =
            BACKEND
                .psfFit()
                .fit(
                    plane,
                    variances,
                    null,
                    here,
                    new Stars(
                        new double[] {x[k] - x0}, new double[] {y[k] - y0}, new double[] {flux}),
                    new PsfFitParameters(box, true, false, 0, 1, 30, 0.5, 3, 1e-5, 1, 0));
        ratios[k] = fit.flux()[0] / flux;
      }
    }
    return ratios;
  }
}
