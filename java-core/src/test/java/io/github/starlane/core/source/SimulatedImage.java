package io.github.starlane.core.source;

import io.github.starlane.core.PositionIndex;
import io.github.starlane.core.background.BackgroundSettings;
import io.github.starlane.core.calibration.CalibratedFrame;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.psf.PsfSettings;
import io.github.starlane.core.streak.StreakSettings;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import io.github.starlane.kernels.background.BackgroundParameters;
import io.github.starlane.testdata.CramerRaoBound;
import io.github.starlane.testdata.Ellipse;
import io.github.starlane.testdata.Moffat;
import io.github.starlane.testdata.PointSpreadFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** An image in electrons with stars at known places, sky, and noise. */
final class SimulatedImage {
  static final double SKY = 300;
  static final double READ_VARIANCE = 12;
  static final double FWHM = 2.5;
  static final PointSpreadFunction PSF = new Moffat(FWHM, 3, Ellipse.ofEllipticity(0.08, -0.03));

  /** As in the defaults of the pipeline. */
  static final SourceSettings SETTINGS =
      new SourceSettings(
          List.of(500.0, 50.0, 5.0),
          0,
          3,
          12,
          List.of(3.0, 5.0, 6.0, 7.0),
          10,
          14,
          0,
          60000,
          1e5,
          150,
          200,
          new CosmicRaySettings(true, 4.5, 0.3, 3, 4, 0.01));

  private static final Backend BACKEND = Backends.select("auto").backend();

  /** Light that is too little to be drawn [electrons per pixel]. */
  private static final double NOTHING = 0.01;

  /** The PSF at a place. */
  interface PsfAt {
    PointSpreadFunction at(double x, double y);
  }

  /** A star. */
  record Star(double x, double y, double flux) {}

  final int width;
  final int height;
  final float[] pixels;
  final float[] variance;
  final int[] mask;
  final List<Star> stars = new ArrayList<>();
  private final PsfAt psf;
  private final double[] light;
  private final RandomGenerator random;

  SimulatedImage(int width, int height, long seed) {
    this(width, height, seed, PSF);
  }

  SimulatedImage(int width, int height, long seed, PointSpreadFunction psf) {
    this(width, height, seed, (x, y) -> psf);
  }

  SimulatedImage(int width, int height, long seed, PsfAt psf) {
    this.psf = psf;
    this.width = width;
    this.height = height;
    this.random = new SplittableRandom(seed);
    this.light = new double[width * height];
    this.pixels = new float[width * height];
    this.variance = new float[width * height];
    this.mask = new int[width * height];
  }

  RandomGenerator random() {
    return random;
  }

  /** Adds a star. */
  void star(double x, double y, double flux) {
    stars.add(new Star(x, y, flux));
    PointSpreadFunction here = psf.at(x, y);
    int reach = (int) Math.ceil(Math.clamp(here.radiusDimmerThan(NOTHING / flux), 8, 30));
    for (int j = Math.max(0, (int) y - reach); j < Math.min(height, (int) y + reach + 1); j++) {
      for (int i = Math.max(0, (int) x - reach); i < Math.min(width, (int) x + reach + 1); i++) {
        light[j * width + i] += flux * here.pixel(i - x, j - y);
      }
    }
  }

  /** Adds light to a pixel; nothing happens outside of the image. */
  void light(int column, int row, double value) {
    if (column >= 0 && row >= 0 && column < width && row < height) {
      light[row * width + column] += value;
    }
  }

  /** Adds light per pixel, e.g. of a halo. */
  void add(java.util.function.DoubleBinaryOperator perPixel) {
    for (int i = 0; i < light.length; i++) {
      light[i] += perPixel.applyAsDouble(i % width, i / width);
    }
  }

  /** Stars on a grid, each somewhere in the middle of its cell. */
  void grid(double spacing, double faintest, double brightest) {
    for (double y = spacing / 2; y < height - spacing / 2 + 1; y += spacing) {
      for (double x = spacing / 2; x < width - spacing / 2 + 1; x += spacing) {
        star(
            x + random.nextDouble(-3, 3),
            y + random.nextDouble(-3, 3),
            faintest * Math.pow(brightest / faintest, random.nextDouble()));
      }
    }
  }

  /** Stars anywhere; their number falls with flux^−1.9 between two limits, as in a star field. */
  void scatter(int count, double faintest, double brightest) {
    for (int k = 0; k < count; k++) {
      double flux = faintest * Math.pow(1 - random.nextDouble(), -1 / 0.9);
      star(
          random.nextDouble(-0.5, width - 0.5),
          random.nextDouble(-0.5, height - 0.5),
          Math.min(brightest, flux));
    }
  }

  /** Draws the noise; nothing can be added afterwards but to the pixels themselves. */
  SimulatedImage expose() {
    for (int i = 0; i < light.length; i++) {
      double v = light[i] + SKY + READ_VARIANCE;
      pixels[i] = (float) (light[i] + SKY + Math.sqrt(v) * random.nextGaussian());
      variance[i] = (float) v;
    }
    return this;
  }

  /** What is found; the planes are given back. */
  Extraction extract() {
    return extract(SETTINGS);
  }

  Extraction extract(SourceSettings settings) {
    try (CalibratedFrame frame =
        new CalibratedFrame(
            BACKEND.fromHost(pixels.clone(), width, height),
            BACKEND.fromHost(variance.clone(), width, height),
            BACKEND.fromHost(mask.clone(), width, height))) {
      return extractor(settings).extract(SourceImage.exposure(frame));
    }
  }

  /** What the sources leave over, row by row. */
  float[] residual() {
    float[][] left = new float[1][];
    try (CalibratedFrame frame = cut(0, width)) {
      SourceExtractor extractor = extractor(SETTINGS);
      SourceImage source = SourceImage.exposure(frame);
      SourceExtractor.Preparation part = extractor.prepare(source, 0, 0);
      Psf whole = extractor.buildPsf(List.of(part), width, height, 1, remark -> {});
      Psf here = whole.at(0, 0, width, height);
      extractor.extract(source, part, here, r -> left[0] = BACKEND.toHost(r).clone());
    }
    return left[0];
  }

  /** What is found in two halves that overlap, with one PSF for both. */
  List<Extraction> extractHalves(int overlap) {
    int half = (width + overlap) / 2;
    try (CalibratedFrame left = cut(0, half);
        CalibratedFrame right = cut(width - half, half)) {
      SourceExtractor extractor = extractor(SETTINGS);
      List<SourceImage> images = List.of(SourceImage.exposure(left), SourceImage.exposure(right));
      List<SourceExtractor.Preparation> parts =
          List.of(
              extractor.prepare(images.get(0), 0, 0),
              extractor.prepare(images.get(1), width - half, 0));
      Psf whole = extractor.buildPsf(parts, width, height, 1, remark -> {});
      return List.of(
          extractor.extract(images.get(0), parts.get(0), whole.at(0, 0, half, height), null),
          extractor.extract(
              images.get(1), parts.get(1), whole.at(width - half, 0, half, height), null));
    }
  }

  private CalibratedFrame cut(int from, int count) {
    float[] part = new float[count * height];
    float[] noise = new float[count * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(pixels, y * width + from, part, y * count, count);
      System.arraycopy(variance, y * width + from, noise, y * count, count);
    }
    return new CalibratedFrame(
        BACKEND.fromHost(part, count, height),
        BACKEND.fromHost(noise, count, height),
        BACKEND.allocateMask(count, height));
  }

  private static SourceExtractor extractor(SourceSettings settings) {
    BackgroundSettings background =
        new BackgroundSettings(128, BackgroundParameters.Estimator.SEXTRACTOR, 3, 8, 0.2, true);
    PsfSettings psf = new PsfSettings(4, 2, 30, 2000, 300, 8, 4, 4);
    return new SourceExtractor(BACKEND, background, psf, new StreakSettings(7, 60, 10), settings);
  }

  static CramerRaoBound bound(Star star) {
    return bound(star, PSF);
  }

  /** The bound with the PSF at the star's place. */
  CramerRaoBound boundOf(Star star) {
    return bound(star, psf.at(star.x, star.y));
  }

  private static CramerRaoBound bound(Star star, PointSpreadFunction psf) {
    return CramerRaoBound.of(
        psf, star.flux, star.x, star.y, new CramerRaoBound.Noise(SKY, READ_VARIANCE, 1));
  }

  /** For each star the row of the source nearest to it within a distance; −1 if there is none. */
  int[] rows(SourceTable table, double distance) {
    PositionIndex index =
        new PositionIndex(table.get(SourceColumn.X), table.get(SourceColumn.Y), distance);
    return stars.stream().mapToInt(s -> index.nearest(s.x, s.y)).toArray();
  }

  static int count(int[] rows) {
    return (int) Arrays.stream(rows).filter(r -> r >= 0).count();
  }
}
