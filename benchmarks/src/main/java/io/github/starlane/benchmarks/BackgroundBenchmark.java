package io.github.starlane.benchmarks;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.background.BackgroundGrid;
import io.github.starlane.kernels.background.BackgroundParameters;
import io.github.starlane.kernels.background.BackgroundParameters.Estimator;
import io.github.starlane.kernels.background.Interpolation;
import org.openjdk.jmh.annotations.Benchmark;

/** Blocks of 256² and their interpolation. */
public class BackgroundBenchmark extends KernelBenchmark {

  private Plane image;
  private MaskPlane mask;
  private Plane out;
  private BackgroundGrid grid;

  @Override
  protected void prepareKernel() {
    image = noisySky(1);
    mask = sparseMask(2);
    out = empty();
    grid = clippedMedian();
  }

  /** Level and variance of all blocks. */
  @Benchmark
  public BackgroundGrid clippedMedian() {
    return estimate(Estimator.CLIPPED_MEDIAN);
  }

  /** As SExtractor does it. */
  @Benchmark
  public BackgroundGrid sextractor() {
    return estimate(Estimator.SEXTRACTOR);
  }

  /** The peak of the histogram. */
  @Benchmark
  public BackgroundGrid mode() {
    return estimate(Estimator.MODE);
  }

  /** Image minus the interpolated level. */
  @Benchmark
  public Plane subtract() {
    kernels.background().subtract(image, grid, out);
    return out;
  }

  /** The interpolated level. */
  @Benchmark
  public Plane renderLevel() {
    kernels.background().renderLevel(grid, out);
    return out;
  }

  private BackgroundGrid estimate(Estimator estimator) {
    return kernels
        .background()
        .estimate(
            image,
            mask,
            new BackgroundParameters(256, 0, estimator, 3, 5, 0.3, 1, true, Interpolation.SPLINE));
  }
}
