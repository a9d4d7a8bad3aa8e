package io.github.starlane.benchmarks;

import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.psffit.PsfFitParameters;
import io.github.starlane.kernels.psffit.PsfFitResult;
import org.openjdk.jmh.annotations.Benchmark;

/** Fits of all stars of a field. */
public class PsfFitBenchmark extends KernelBenchmark {

  private StarField field;
  private Plane image;
  private Plane variance;

  @Override
  protected void prepareKernel() {
    field = new StarField(width, height);
    image = noiseAlone(1);
    variance = constant(SKY);
    field.draw(kernels, image);
  }

  /** Every star by itself. */
  @Benchmark
  public PsfFitResult isolated() {
    return fit(0);
  }

  /** Neighbours within 4 pixels together. */
  @Benchmark
  public PsfFitResult groups() {
    return fit(4);
  }

  private PsfFitResult fit(double groupRadius) {
    PsfFitParameters parameters =
        new PsfFitParameters(5, true, false, groupRadius, 10, 10, 0.5, 1.5, 1e-2, 1, 0);
    return kernels.psfFit().fit(image, variance, null, field.psf, field.guesses, parameters);
  }

  /** Draws all stars and takes them away again. */
  @Benchmark
  public Plane addStars() {
    kernels.psfFit().addStars(image, field.psf, field.truth, 1, StarField.RADIUS);
    kernels.psfFit().addStars(image, field.psf, field.truth, -1, StarField.RADIUS);
    return image;
  }
}
