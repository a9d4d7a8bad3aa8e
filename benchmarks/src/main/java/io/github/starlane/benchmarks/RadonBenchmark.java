package io.github.starlane.benchmarks;

import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.radon.RadonParameters;
import io.github.starlane.kernels.radon.Streak;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;

/** A search for streaks where there are none: all paths in all directions, once. */
public class RadonBenchmark extends KernelBenchmark {

  private static final RadonParameters PARAMETERS =
      new RadonParameters(1.1, 8, 32, 10, 1, Double.POSITIVE_INFINITY, 1);

  private Plane image;
  private Plane variance;

  @Override
  protected void prepareKernel() {
    image = noiseAlone(1);
    variance = constant(SKY);
  }

  /** Streaks of 32 pixels and more. */
  @Benchmark
  public List<Streak> find() {
    return kernels.radon().find(image, variance, null, PARAMETERS);
  }
}
