package io.github.starlane.benchmarks;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.background.BackgroundGrid;
import io.github.starlane.kernels.background.BackgroundParameters;
import org.openjdk.jmh.annotations.Benchmark;

/** Blocks of 256² and their interpolation. */
public class BackgroundBenchmark extends KernelBenchmark {

  private final Plane image = SIMD.fromHost(noise(1), EDGE, EDGE);
  private final MaskPlane mask = sparseMask(2);
  private final Plane out = empty();
  private final BackgroundParameters parameters =
      new BackgroundParameters(
          256, BackgroundParameters.Estimator.CLIPPED_MEDIAN, 3, 5, 0.3, 1, true);
  private final BackgroundGrid grid = SIMD.background().estimate(image, mask, parameters);

  @Benchmark
  public BackgroundGrid estimateScalar() {
    return SCALAR.background().estimate(image, mask, parameters);
  }

  @Benchmark
  public BackgroundGrid estimateSimd() {
    return SIMD.background().estimate(image, mask, parameters);
  }

  @Benchmark
  public Plane subtractScalar() {
    return subtract(SCALAR);
  }

  @Benchmark
  public Plane subtractSimd() {
    return subtract(SIMD);
  }

  private Plane subtract(Backend backend) {
    backend.background().subtract(image, grid, out);
    return out;
  }
}
