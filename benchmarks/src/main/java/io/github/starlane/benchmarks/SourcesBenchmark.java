package io.github.starlane.benchmarks;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.aperture.ApertureParameters;
import io.github.starlane.kernels.aperture.ApertureResult;
import io.github.starlane.kernels.psffit.PsfFitParameters;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.PsfModel;
import io.github.starlane.kernels.psffit.Stars;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** PSF fits and apertures of 4600 stars, as many as a LAST crop has above S/N 5. */
public class SourcesBenchmark extends KernelBenchmark {

  private static final int STARS = 4600;
  private static final int OVERSAMPLING = 4;
  private static final int HALF = 12 * OVERSAMPLING + 2;

  @Param({"0", "4"})
  double groupRadius;

  private final PsfModel psf = psf();
  private final Stars guesses = new Stars(new double[STARS], new double[STARS], new double[STARS]);
  private final Plane image = SIMD.fromHost(noise(1), EDGE, EDGE);
  private final Plane variance = constant(SKY);

  /** Draws the stars. */
  public SourcesBenchmark() {
    SplittableRandom random = new SplittableRandom(5);
    for (int k = 0; k < STARS; k++) {
      guesses.x()[k] = EDGE * random.nextDouble();
      guesses.y()[k] = EDGE * random.nextDouble();
      guesses.flux()[k] = 500 / Math.pow(1 - random.nextDouble(), 0.9);
    }
    float[] pixels = SIMD.toHost(image);
    for (int i = 0; i < SIZE; i++) {
      pixels[i] -= (float) SKY;
    }
    SIMD.psfFit().addStars(image, psf, guesses, 1, 12);
    for (int k = 0; k < STARS; k++) {
      guesses.x()[k] += 0.15 * random.nextGaussian();
      guesses.y()[k] += 0.15 * random.nextGaussian();
    }
  }

  /** A PSF that varies quadratically: a Gaussian with wings, six terms. */
  private static PsfModel psf() {
    int size = 2 * HALF + 1;
    float[] basis = new float[6 * size * size];
    for (int i = 0; i < size * size; i++) {
      double dx = (double) (i % size - HALF) / OVERSAMPLING;
      double dy = (double) (i / size - HALF) / OVERSAMPLING;
      double square = dx * dx + dy * dy;
      basis[i] = (float) (Math.exp(-square / 2.6) / (Math.PI * 2.6));
      for (int t = 1; t < 6; t++) {
        basis[t * size * size + i] = 0.01f * t * basis[i] * (float) (square / 2.6 - 1);
      }
    }
    return new PsfModel(size, OVERSAMPLING, 2, EDGE / 2.0, EDGE / 2.0, EDGE / 2.0, basis);
  }

  @Benchmark
  public PsfFitResult psfFitScalar() {
    return fit(SCALAR);
  }

  @Benchmark
  public PsfFitResult psfFitSimd() {
    return fit(SIMD);
  }

  private PsfFitResult fit(Backend backend) {
    PsfFitParameters parameters =
        new PsfFitParameters(5, true, false, groupRadius, 10, 10, 0.5, 1.5, 1e-2, 1, 0);
    return backend.psfFit().fit(image, variance, null, psf, guesses, parameters);
  }

  @Benchmark
  public Plane addStarsSimd() {
    SIMD.psfFit().addStars(image, psf, guesses, 1, 12);
    SIMD.psfFit().addStars(image, psf, guesses, -1, 12);
    return image;
  }

  @Benchmark
  public ApertureResult apertureScalar() {
    ApertureParameters parameters =
        new ApertureParameters(new double[] {2, 4, 6}, 10, 12, 1.5, 5, 3, 0);
    return SCALAR.aperture().measure(image, variance, null, guesses.x(), guesses.y(), parameters);
  }
}
