package io.github.starlane.benchmarks;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.resample.Mapping;
import io.github.starlane.kernels.resample.ResampleParameters;
import org.openjdk.jmh.annotations.Benchmark;

/** A small rotation and shift; the image alone, and with variance and mask. */
public class ResampleBenchmark extends KernelBenchmark {

  private final Plane image = SIMD.fromHost(noise(1), EDGE, EDGE);
  private final Plane variance = constant(SKY);
  private final MaskPlane mask = sparseMask(2);
  private final Plane out = empty();
  private final Plane outVariance = empty();
  private final MaskPlane outMask = emptyMask();
  private final ResampleParameters parameters = new ResampleParameters(true, 1, 64, 0.1);
  private final Mapping mapping =
      Mapping.tabulate(
          EDGE,
          EDGE,
          16,
          (x, y, input) -> {
            input[0] = 3.3 + x - 2e-3 * y;
            input[1] = -1.6 + 2e-3 * x + y;
          });

  @Benchmark
  public Plane imageScalar() {
    return imageAlone(SCALAR);
  }

  @Benchmark
  public Plane imageSimd() {
    return imageAlone(SIMD);
  }

  @Benchmark
  public Plane allScalar() {
    return all(SCALAR);
  }

  @Benchmark
  public Plane allSimd() {
    return all(SIMD);
  }

  private Plane imageAlone(Backend backend) {
    backend.resample().resample(image, null, null, mapping, parameters, out, null, null);
    return out;
  }

  private Plane all(Backend backend) {
    backend
        .resample()
        .resample(image, variance, mask, mapping, parameters, out, outVariance, outMask);
    return out;
  }
}
