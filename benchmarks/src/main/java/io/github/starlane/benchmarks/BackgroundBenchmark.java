package io.github.starlane.benchmarks;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.background.BackgroundGrid;
import io.github.starlane.kernels.background.BackgroundParameters;
import org.openjdk.jmh.annotations.Benchmark;

/** Blocks of 256² and their interpolation. */
public class BackgroundBenchmark extends KernelBenchmark {

  private final BackgroundParameters parameters =
      new BackgroundParameters(
          256, BackgroundParameters.Estimator.CLIPPED_MEDIAN, 3, 5, 0.3, 1, true);
  private Plane image;
  private MaskPlane mask;
  private Plane out;
  private BackgroundGrid grid;

  @Override
  protected void prepareKernel() {
    image = noisySky(1);
    mask = sparseMask(2);
    out = empty();
    grid = kernels.background().estimate(image, mask, parameters);
  }

  /** Level and variance of all blocks. */
  @Benchmark
  public BackgroundGrid clippedMedian() {
    return kernels.background().estimate(image, mask, parameters);
  }

  /** Image minus the interpolated level. */
  @Benchmark
  public Plane subtract() {
    kernels.background().subtract(image, grid, out);
    return out;
  }
}
