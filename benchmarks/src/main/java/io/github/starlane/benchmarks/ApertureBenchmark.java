package io.github.starlane.benchmarks;

import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.aperture.ApertureParameters;
import io.github.starlane.kernels.aperture.ApertureResult;
import org.openjdk.jmh.annotations.Benchmark;

/** Apertures at all stars of a field. */
public class ApertureBenchmark extends KernelBenchmark {

  private final ApertureParameters sums =
      new ApertureParameters(new double[] {3}, 0, 0, ApertureParameters.Level.MEDIAN, 1.5, 0, 0, 0);
  private final ApertureParameters everything =
      new ApertureParameters(
          new double[] {2, 4, 6}, 10, 12, ApertureParameters.Level.MEDIAN, 1.5, 5, 3, 0);
  private StarField field;
  private Plane image;
  private Plane variance;

  @Override
  protected void prepareKernel() {
    field = new StarField(width, height);
    image = noisySky(1);
    variance = constant(SKY);
    field.draw(kernels, image);
  }

  /** Three radii, annulus, moments. */
  @Benchmark
  public ApertureResult everything() {
    return measure(everything);
  }

  /** One radius, and nothing else. */
  @Benchmark
  public ApertureResult sums() {
    return measure(sums);
  }

  private ApertureResult measure(ApertureParameters parameters) {
    return kernels
        .aperture()
        .measure(image, variance, null, field.truth.x(), field.truth.y(), parameters);
  }
}
