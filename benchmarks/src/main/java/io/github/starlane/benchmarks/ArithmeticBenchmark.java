package io.github.starlane.benchmarks;

import io.github.starlane.kernels.Plane;
import org.openjdk.jmh.annotations.Benchmark;

/** Arithmetic on whole planes. */
public class ArithmeticBenchmark extends KernelBenchmark {

  private Plane image;
  private Plane variance;
  private Plane light;

  @Override
  protected void prepareKernel() {
    image = noisySky(1);
    variance = constant(SKY);
    light = constant(0);
  }

  /** Image minus light, and the noise of the light. */
  @Benchmark
  public Plane subtractLight() {
    kernels.arithmetic().subtractLight(image, variance, light, 1, 0.03);
    return image;
  }
}
