package io.github.starlane.benchmarks;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.psffit.PsfModel;
import io.github.starlane.kernels.psffit.Stars;
import java.util.SplittableRandom;

/** As many stars as a LAST crop has above S/N 5, and a PSF that varies over the field. */
final class StarField {

  /** Stars per pixel: 4600 in a crop. */
  private static final double DENSITY = 4600.0 / (1716.0 * 1716.0);

  private static final int OVERSAMPLING = 4;
  private static final int HALF = 12 * OVERSAMPLING + 2;

  /** How far first guesses stand from the truth, 1 σ per axis [pixel]. */
  private static final double GUESS_ERROR = 0.15;

  /** Reach of the stars that are drawn [pixel]. */
  static final int RADIUS = 12;

  final PsfModel psf;
  final Stars truth;
  final Stars guesses;

  StarField(int width, int height) {
    int stars = (int) Math.round(DENSITY * width * height);
    psf = psf(width, height);
    truth = new Stars(new double[stars], new double[stars], new double[stars]);
    guesses = new Stars(new double[stars], new double[stars], new double[stars]);
    SplittableRandom random = new SplittableRandom(5);
    for (int k = 0; k < stars; k++) {
      truth.x()[k] = width * random.nextDouble();
      truth.y()[k] = height * random.nextDouble();
      truth.flux()[k] = 500 / Math.pow(1 - random.nextDouble(), 0.9);
      guesses.x()[k] = truth.x()[k] + GUESS_ERROR * random.nextGaussian();
      guesses.y()[k] = truth.y()[k] + GUESS_ERROR * random.nextGaussian();
      guesses.flux()[k] = truth.flux()[k];
    }
  }

  /** Adds the stars to a plane. */
  void draw(Backend backend, Plane image) {
    backend.psfFit().addStars(image, psf, truth, 1, RADIUS);
  }

  /** A Gaussian with wings that vary quadratically: six terms. */
  private static PsfModel psf(int width, int height) {
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
    double scale = Math.max(width, height) / 2.0;
    return new PsfModel(size, OVERSAMPLING, 2, width / 2.0, height / 2.0, scale, basis);
  }
}
