package io.github.starlane.kernels;

import io.github.starlane.kernels.aperture.ApertureParameters;
import io.github.starlane.kernels.aperture.ApertureResult;
import io.github.starlane.kernels.background.BackgroundGrid;
import io.github.starlane.kernels.background.BackgroundParameters;
import io.github.starlane.kernels.background.BackgroundParameters.Estimator;
import io.github.starlane.kernels.background.Interpolation;
import io.github.starlane.kernels.background.NoiseModel;
import io.github.starlane.kernels.fft.Autocorrelation;
import io.github.starlane.kernels.fft.Kernel;
import io.github.starlane.kernels.fft.ProperCoadd;
import io.github.starlane.kernels.laplacian.CosmicRays;
import io.github.starlane.kernels.laplacian.LaplacianParameters;
import io.github.starlane.kernels.laplacian.LaplacianParameters.Fill;
import io.github.starlane.kernels.matchedfilter.MatchedFilterParameters;
import io.github.starlane.kernels.matchedfilter.Peaks;
import io.github.starlane.kernels.matchedfilter.Template;
import io.github.starlane.kernels.psffit.PsfFitParameters;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.PsfModel;
import io.github.starlane.kernels.psffit.Stars;
import io.github.starlane.kernels.radon.Band;
import io.github.starlane.kernels.radon.LinePixels;
import io.github.starlane.kernels.radon.RadonParameters;
import io.github.starlane.kernels.radon.Streak;
import io.github.starlane.kernels.resample.Mapping;
import io.github.starlane.kernels.resample.ResampleParameters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Digests of what each kernel makes of fixed little inputs; a program of its own, so that it can
 * run in a JVM with other options.
 *
 * <p>Inputs use only arithmetic whose bits the language prescribes, so that whatever differs comes
 * from the kernels.
 */
final class KernelDigests {

  private static final int BAD = 2;
  private static final int WIDTH = 61;
  private static final int HEIGHT = 43;
  private static final int SIZE = WIDTH * HEIGHT;
  private static final double SKY = 200;
  private static final int STARS = 9;

  private final Backend backend;
  private final float[] image = noise(1, SIZE, SKY, 40);
  private final float[] variance = noise(2, SIZE, SKY, 20);
  private final int[] mask = Planes.bits(3, SIZE, 0.01, 1, BAD);
  private final PsfModel psf = psf();
  private final Stars stars = stars();
  private final Mapping mapping = mapping();

  private KernelDigests(Backend backend) {
    this.backend = backend;
    backend.psfFit().addStars(plane(image), psf, stars, 1, 6);
    Planes.sprinkle(4, image, 0.004, Float.NaN);
  }

  /**
   * Calls every kernel and prints a line for each digest: name, digest in hexadecimal, and the
   * first call that gave it.
   *
   * @param arguments backend, and calls of each kernel
   */
  public static void main(String[] arguments) {
    int calls = Integer.parseInt(arguments[1]);
    try (Backend backend = Backends.select(arguments[0]).backend()) {
      KernelDigests digests = new KernelDigests(backend);
      digests.kernels().forEach((name, kernel) -> print(name, kernel, calls));
    }
  }

  private static void print(String name, Supplier<Digest> kernel, int calls) {
    Map<Long, Integer> firsts = new LinkedHashMap<>();
    for (int call = 0; call < calls; call++) {
      firsts.putIfAbsent(kernel.get().value(), call);
    }
    firsts.forEach((digest, first) -> System.out.printf("%s %x %d%n", name, digest, first));
  }

  private Map<String, Supplier<Digest>> kernels() {
    Map<String, Supplier<Digest>> all = new LinkedHashMap<>();
    all.put("arithmetic", this::arithmetic);
    new StackDigests(backend).addTo(all);
    all.put("background-median", () -> background(Estimator.CLIPPED_MEDIAN, 20));
    all.put("background-mean", () -> background(Estimator.SEXTRACTOR, 20));
    // Smaller blocks have no mode.
    all.put("background-mode", () -> background(Estimator.MODE, 40));
    all.put("matchedfilter", () -> matchedFilter(variance));
    all.put("matchedfilter-smooth", () -> matchedFilter(smoothVariance()));
    all.put("psffit-alone", () -> psfFit(0, false));
    all.put("psffit-groups", () -> psfFit(9, true));
    all.put("psffit-draw", this::draw);
    for (ApertureParameters.Level level : ApertureParameters.Level.values()) {
      all.put("aperture-" + level, () -> aperture(level));
    }
    all.put("resample", () -> resample(true));
    all.put("resample-keeping-level", () -> resample(false));
    all.put("resample-shift", this::shift);
    all.put("fft-convolve", () -> convolve(9));
    all.put("fft-autocorrelate", this::autocorrelate);
    all.put("fft-proper-coadd", this::properCoadd);
    all.put("laplacian", () -> laplacian(false, null));
    all.put("laplacian-separable", () -> laplacian(true, null));
    all.put("laplacian-psf", () -> laplacian(false, template("psf", 5)));
    all.put("radon", this::radon);
    return all;
  }

  private Digest arithmetic() {
    // This one changes its arguments.
    Plane left = plane(image.clone());
    Plane noise = plane(variance.clone());
    Plane light = plane(noise(10, SIZE, 20, 30));
    backend.arithmetic().subtractLight(left, noise, light, 1.3, 0.03);
    backend.arithmetic().scale(left, 1.7);
    return digest(left).add(backend.toHost(noise));
  }

  private Digest background(Estimator estimator, int blockSize) {
    BackgroundParameters parameters =
        new BackgroundParameters(
            blockSize, 3, estimator, 3, 10, 0.3, BAD, true, Interpolation.SPLINE);
    Plane out = backend.allocate(WIDTH, HEIGHT);
    // Of small levels more digits are left in float32.
    Plane above = plane(aboveSky());
    BackgroundGrid grid = backend.background().estimate(above, mask(), parameters);
    Digest digest = new Digest().add(grid.level()).add(grid.variance()).add(grid.goodFraction());
    backend.background().renderLevel(grid, out);
    digest.add(backend.toHost(out));
    backend.background().renderVariance(grid, out);
    digest.add(backend.toHost(out));
    backend.background().renderModelledVariance(grid, new NoiseModel(1.1, 3), 0, 0, out);
    digest.add(backend.toHost(out));
    backend.background().subtract(above, grid, out);
    return digest.add(backend.toHost(out));
  }

  private static float[] smoothVariance() {
    float[] pixels = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      pixels[i] = (float) (SKY + 0.05 * (i % WIDTH) + 0.02 * (i / WIDTH));
    }
    return pixels;
  }

  private Digest matchedFilter(float[] variance) {
    List<Template> templates = List.of(template("narrow", 5), template("wide", 9));
    Plane above = plane(aboveSky());
    Plane out = backend.allocate(WIDTH, HEIGHT);
    backend
        .matchedFilter()
        .signalToNoise(above, plane(variance.clone()), mask(), templates.get(0), BAD, out);
    Peaks peaks =
        backend
            .matchedFilter()
            .detect(
                above,
                plane(variance.clone()),
                mask(),
                new MatchedFilterParameters(templates, 3, BAD, 1, 100));
    Digest digest = digest(out).add(peaks.x()).add(peaks.y()).add(peaks.subX()).add(peaks.subY());
    for (float[] signalToNoise : peaks.signalToNoise()) {
      digest.add(signalToNoise);
    }
    return digest.add(peaks.flux()).add(peaks.bestTemplate());
  }

  private Digest psfFit(double groupRadius, boolean background) {
    PsfFitParameters parameters =
        new PsfFitParameters(4, true, background, groupRadius, 3, 15, 0.5, 1.5, 1e-3, 1.5, BAD);
    PsfFitResult fit =
        backend
            .psfFit()
            .fit(plane(image.clone()), plane(variance.clone()), mask(), psf, stars, parameters);
    Digest digest = new Digest().add(fit.x()).add(fit.y()).add(fit.flux()).add(fit.fluxError());
    digest.add(fit.xError()).add(fit.yError()).add(fit.background()).add(fit.chiSquare());
    return digest.add(fit.degreesOfFreedom()).add(fit.iterations()).add(fit.flags());
  }

  private Digest draw() {
    Plane out = plane(image.clone());
    backend.psfFit().addStars(out, psf, stars, -1, 6);
    return digest(out);
  }

  private Digest aperture(ApertureParameters.Level level) {
    ApertureResult result =
        backend
            .aperture()
            .measure(
                plane(image.clone()),
                plane(variance.clone()),
                mask(),
                stars.x(),
                stars.y(),
                new ApertureParameters(new double[] {1.5, 3, 5.5}, 6, 9, level, 2, 6, 3, BAD));
    Digest digest = new Digest();
    for (int r = 0; r < result.flux().length; r++) {
      digest.add(result.flux()[r]).add(result.fluxError()[r]).add(result.badArea()[r]);
    }
    digest.add(result.annulusBackground()).add(result.annulusDeviation());
    digest.add(result.x1()).add(result.y1()).add(result.x2()).add(result.y2()).add(result.xy());
    return digest.add(result.flags());
  }

  private Digest convolve(int size) {
    Kernel kernel = new Kernel(size, size, template("kernel", size).values());
    Plane out = backend.allocate(WIDTH, HEIGHT);
    backend.fft().convolve(plane(image.clone()), kernel, out);
    return digest(out);
  }

  private Digest autocorrelate() {
    Autocorrelation lags = backend.fft().autocorrelate(plane(aboveSky()), 5, 7, true);
    return new Digest()
        .add(lags.values())
        .add(new double[] {lags.mean(), lags.sumOfSquares(), lags.badPixels()});
  }

  private Digest properCoadd() {
    ProperCoadd coadd = backend.fft().properCoadd(WIDTH, HEIGHT, 20);
    coadd.add(plane(aboveSky()), new Kernel(5, 5, template("psf", 5).values()), 1, 200);
    coadd.add(plane(image.clone()), new Kernel(7, 7, template("psf", 7).values()), 1.2, 300);
    Plane out = backend.allocate(WIDTH, HEIGHT);
    ProperCoadd.Result result = coadd.finish(out, 9);
    return digest(out).add(result.psf().values()).add(new double[] {result.fluxScale()});
  }

  private Digest shift() {
    return resample(
        Mapping.tabulate(
            WIDTH,
            HEIGHT,
            16,
            (x, y, out) -> {
              out[0] = x + 1.3;
              out[1] = y - 0.6;
            }),
        new ResampleParameters(true, BAD, 64, ResampleParameters.MaskRule.NEAREST, 0));
  }

  private Digest resample(boolean conserveFlux) {
    return resample(mapping, new ResampleParameters(conserveFlux, BAD, 64, 0.1));
  }

  private Digest resample(Mapping mapping, ResampleParameters parameters) {
    Plane out = backend.allocate(mapping.width(), mapping.height());
    Plane outVariance = backend.allocate(mapping.width(), mapping.height());
    MaskPlane outMask = backend.allocateMask(mapping.width(), mapping.height());
    backend
        .resample()
        .resample(
            plane(image.clone()),
            plane(variance.clone()),
            mask(),
            mapping,
            parameters,
            out,
            outVariance,
            outMask);
    return digest(out).add(backend.toHost(outVariance)).add(backend.toHost(outMask));
  }

  private Digest laplacian(boolean separable, Template fineStructure) {
    LaplacianParameters parameters =
        new LaplacianParameters(
            3, 0.3, 2, 4, separable, fineStructure, Fill.INTERPOLATION, 1, 3, 9000, BAD, 8, 16);
    // Medians of many pixels are slow to interpret: a few rows will do.
    int rows = 13;
    Plane part = backend.fromHost(Arrays.copyOf(image, WIDTH * rows), WIDTH, rows);
    MaskPlane out = backend.fromHost(Arrays.copyOf(mask, WIDTH * rows), WIDTH, rows);
    Plane cleaned = backend.allocate(WIDTH, rows);
    CosmicRays rays = backend.laplacian().find(part, null, out, parameters, out, cleaned);
    return digest(cleaned).add(backend.toHost(out)).add(rays.found());
  }

  private Digest radon() {
    float[] streaked = aboveSky();
    for (int x = 5; x < WIDTH - 9; x++) {
      streaked[(10 + x / 3) * WIDTH + x] += 150;
    }
    Digest digest = new Digest();
    for (int bin = 1; bin <= 2; bin++) {
      RadonParameters parameters = new RadonParameters(0.9, 6, 8, 3, BAD, 40, bin);
      for (Streak s :
          backend.radon().find(plane(streaked), plane(variance.clone()), mask(), parameters)) {
        digest.add(new double[] {s.x1(), s.y1(), s.x2(), s.y2(), s.signalToNoise(), s.angle()});
        digest.add(new double[] {s.fluxPerLength(), s.fwhm()});
      }
    }
    Band band = new Band(5, 11.3, 50, 26.1, 4.5);
    LinePixels pixels =
        backend.radon().pixels(plane(streaked), plane(variance.clone()), mask(), BAD, band);
    digest.add(pixels.along()).add(pixels.across()).add(pixels.value()).add(pixels.weight());
    MaskPlane marked = mask();
    backend.radon().mark(marked, band, 16);
    digest.add(backend.toHost(marked));
    float[] finite = noise(12, SIZE, SKY, 40);
    return digest.add(backend.radon().transform(plane(finite)).sums());
  }

  private float[] aboveSky() {
    float[] pixels = image.clone();
    for (int i = 0; i < SIZE; i++) {
      pixels[i] -= (float) SKY;
    }
    return pixels;
  }

  private Plane plane(float[] pixels) {
    return backend.fromHost(pixels, WIDTH, HEIGHT);
  }

  private MaskPlane mask() {
    return backend.fromHost(mask.clone(), WIDTH, HEIGHT);
  }

  private Digest digest(Plane plane) {
    return new Digest().add(backend.toHost(plane));
  }

  /** Sums of four uniform draws: bell-shaped enough, and without transcendental functions. */
  static float[] noise(long seed, int size, double level, double sigma) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[size];
    for (int i = 0; i < size; i++) {
      double sum = -2;
      for (int k = 0; k < 4; k++) {
        sum += random.nextDouble();
      }
      pixels[i] = (float) (level + sigma * 1.7 * sum);
    }
    return pixels;
  }

  /** A profile (1 + (r / α)²)⁻³ that broadens with x; twofold oversampling. */
  private static PsfModel psf() {
    int half = 14;
    int size = 2 * half + 1;
    float[] basis = new float[3 * size * size];
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        double square = ((i - half) * (i - half) + (j - half) * (j - half)) / 4.0;
        double t = 1 + square / 5;
        double value = 2 / (Math.PI * 5) / (t * t * t);
        basis[j * size + i] = (float) value;
        basis[size * size + j * size + i] = (float) (0.05 * value * (square - 2));
      }
    }
    return new PsfModel(size, 2, 1, 30, 20, 40, basis);
  }

  private static Stars stars() {
    SplittableRandom random = new SplittableRandom(10);
    Stars stars = new Stars(new double[STARS], new double[STARS], new double[STARS]);
    for (int k = 0; k < STARS; k++) {
      stars.x()[k] = 7 + (WIDTH - 14) * random.nextDouble();
      stars.y()[k] = 7 + (HEIGHT - 14) * random.nextDouble();
      stars.flux()[k] = 4000 + 40_000 * random.nextDouble();
    }
    return stars;
  }

  private static Mapping mapping() {
    return Mapping.tabulate(
        WIDTH - 3,
        HEIGHT + 2,
        16,
        (x, y, out) -> {
          out[0] = 1.3 + 1.01 * x - 0.02 * y + 1e-4 * x * y;
          out[1] = -0.7 + 0.015 * x + 0.99 * y;
        });
  }

  private static Template template(String name, int size) {
    float[] values = new float[size * size];
    for (int i = 0; i < values.length; i++) {
      double dx = i % size - size / 2;
      double dy = i / size - size / 2;
      values[i] = (float) (1 / (1 + (dx * dx + dy * dy) / size));
    }
    return new Template(name, size, values);
  }
}
