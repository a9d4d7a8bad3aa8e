package io.github.starlane.benchmarks;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.resample.Mapping;
import io.github.starlane.kernels.resample.ResampleParameters;
import org.openjdk.jmh.annotations.Benchmark;

/** A small rotation and shift, and a shift alone. */
public class ResampleBenchmark extends KernelBenchmark {

  private final ResampleParameters parameters = new ResampleParameters(true, 1, 64, 0.1);
  private Plane image;
  private Plane variance;
  private MaskPlane mask;
  private Plane out;
  private Plane outVariance;
  private MaskPlane outMask;
  private Mapping mapping;
  private Mapping shift;

  @Override
  protected void prepareKernel() {
    image = noisySky(1);
    variance = constant(SKY);
    mask = sparseMask(2);
    out = empty();
    outVariance = empty();
    outMask = emptyMask();
    mapping =
        Mapping.tabulate(
            width,
            height,
            16,
            (x, y, input) -> {
              input[0] = 3.3 + x - 2e-3 * y;
              input[1] = -1.6 + 2e-3 * x + y;
            });
    shift =
        Mapping.tabulate(
            width,
            height,
            16,
            (x, y, input) -> {
              input[0] = 3.3 + x;
              input[1] = -1.6 + y;
            });
  }

  /** The image alone, shifted. */
  @Benchmark
  public Plane shift() {
    kernels.resample().resample(image, null, null, shift, parameters, out, null, null);
    return out;
  }

  /** The image alone. */
  @Benchmark
  public Plane mapping() {
    kernels.resample().resample(image, null, null, mapping, parameters, out, null, null);
    return out;
  }

  /** Image, variance and mask. */
  @Benchmark
  public Plane mappingWithVarianceAndMask() {
    kernels
        .resample()
        .resample(image, variance, mask, mapping, parameters, out, outVariance, outMask);
    return out;
  }
}
