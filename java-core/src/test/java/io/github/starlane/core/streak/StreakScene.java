package io.github.starlane.core.streak;

import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** An image of noise without sky, to which lines and stars are added. */
final class StreakScene {

  static final double FWHM = 2.6;
  static final double VARIANCE = 300;
  private static final double SIGMA_OF_FWHM = 1 / (2 * Math.sqrt(2 * Math.log(2)));
  static final StreakSettings SETTINGS = new StreakSettings(7, 60, 10);
  private static final Backend BACKEND = Backends.select("auto").backend();

  /** Distance of the points that a line is made of [pixel]. */
  private static final double STEP = 0.2;

  final int width;
  final int height;
  final float[] image;
  final float[] variance;
  final int[] mask;

  StreakScene(int width, int height, long seed) {
    this.width = width;
    this.height = height;
    image = new float[width * height];
    variance = new float[width * height];
    mask = new int[width * height];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) (Math.sqrt(VARIANCE) * random.nextGaussian());
    }
    Arrays.fill(variance, (float) VARIANCE);
  }

  /** Light per length of a line of a given S/N. */
  static double flux(double signalToNoise, double length, double fwhm) {
    double sigma = fwhm * SIGMA_OF_FWHM;
    return signalToNoise * Math.sqrt(VARIANCE * 2 * Math.sqrt(Math.PI) * sigma / length);
  }

  /** Adds a line of Gaussian cross-section; its light per length is proportional to a function. */
  StreakScene line(
      double x1, double y1, double x2, double y2, double flux, double fwhm, Brightness along) {
    double length = Math.hypot(x2 - x1, y2 - y1);
    int points = (int) Math.ceil(length / STEP);
    double sigma = fwhm * SIGMA_OF_FWHM;
    for (int k = 0; k < points; k++) {
      double t = (k + 0.5) / points;
      double light = flux * length / points * along.at(t) / (2 * Math.PI * sigma * sigma);
      double x = x1 + t * (x2 - x1);
      double y = y1 + t * (y2 - y1);
      add(x, y, 5 * sigma, (r) -> light * Math.exp(-0.5 * r / (sigma * sigma)));
    }
    return this;
  }

  StreakScene line(double x1, double y1, double x2, double y2, double flux) {
    return line(x1, y1, x2, y2, flux, FWHM, t -> 1);
  }

  /** Adds a line whose points are Moffat functions, the wings of real stars. */
  StreakScene moffatLine(
      double x1, double y1, double x2, double y2, double flux, double fwhm, double beta) {
    double length = Math.hypot(x2 - x1, y2 - y1);
    int points = (int) Math.ceil(length / STEP);
    double square = fwhm * fwhm / 4 / (Math.pow(2, 1 / beta) - 1);
    double light = flux * length / points * (beta - 1) / (Math.PI * square);
    for (int k = 0; k < points; k++) {
      double t = (k + 0.5) / points;
      double x = x1 + t * (x2 - x1);
      double y = y1 + t * (y2 - y1);
      add(x, y, 30, (r) -> light * Math.pow(1 + r / square, -beta));
    }
    return this;
  }

  /**
   * Adds what an imperfect model leaves of stars: a few per cent of their light, of changing sign
   * from the core outwards, with the variance of their noise.
   */
  StreakScene remnants(int count, double share, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double square = Math.pow(FWHM * SIGMA_OF_FWHM, 2);
    for (int k = 0; k < count; k++) {
      double x = width * random.nextDouble();
      double y = height * random.nextDouble();
      double flux = Math.min(3e5, 500 * Math.pow(1 - random.nextDouble(), -1 / 0.7));
      double wrong = share * random.nextGaussian();
      double peak = flux / (2 * Math.PI * square);
      add(x, y, 9, r -> wrong * peak * (2 - r / square) * Math.exp(-0.5 * r / square));
      addTo(
          variance,
          x,
          y,
          9,
          r -> {
            double light = peak * Math.exp(-0.5 * r / square);
            return light + Math.pow(0.03 * light, 2);
          });
    }
    return this;
  }

  /** Light as a function of the place between the ends, 0 to 1. */
  interface Brightness {
    double at(double t);
  }

  /** A function of the squared distance. */
  interface Radial {
    double at(double square);
  }

  private void add(double x, double y, double reach, Radial light) {
    addTo(image, x, y, reach, light);
  }

  private void addTo(float[] pixels, double x, double y, double reach, Radial light) {
    for (int j = (int) Math.max(0, y - reach); j <= Math.min(height - 1, y + reach); j++) {
      for (int i = (int) Math.max(0, x - reach); i <= Math.min(width - 1, x + reach); i++) {
        pixels[j * width + i] += (float) light.at((i - x) * (i - x) + (j - y) * (j - y));
      }
    }
  }

  /** Gives a rectangle of pixels a value. */
  StreakScene fill(int x1, int y1, int x2, int y2, float value) {
    for (int y = y1; y < y2; y++) {
      Arrays.fill(image, y * width + x1, y * width + x2, value);
    }
    return this;
  }

  /** Masks a rectangle. */
  StreakScene mask(int x1, int y1, int x2, int y2) {
    for (int y = y1; y < y2; y++) {
      Arrays.fill(mask, y * width + x1, y * width + x2, MaskBit.SATURATED.bit());
    }
    return this;
  }

  List<Streak> find(BrightStars stars) {
    return find(stars, FWHM);
  }

  List<Streak> find(double psfFwhm) {
    return find(BrightStars.NONE, psfFwhm);
  }

  private List<Streak> find(BrightStars stars, double psfFwhm) {
    try (Plane residual = BACKEND.fromHost(image.clone(), width, height);
        Plane noise = BACKEND.fromHost(variance.clone(), width, height);
        MaskPlane bad = BACKEND.fromHost(mask.clone(), width, height)) {
      return new StreakFinder(BACKEND, SETTINGS).find(residual, noise, bad, psfFwhm, stars);
    }
  }

  List<Streak> find() {
    return find(BrightStars.NONE);
  }

  /** Largest distance of a streak's ends from where they should be. */
  static double endError(Streak s, double x1, double y1, double x2, double y2) {
    return Math.min(
        Math.max(distance(s.first(), x1, y1), distance(s.second(), x2, y2)),
        Math.max(distance(s.first(), x2, y2), distance(s.second(), x1, y1)));
  }

  private static double distance(StreakEnd end, double x, double y) {
    return Math.hypot(end.x() - x, end.y() - y);
  }
}
