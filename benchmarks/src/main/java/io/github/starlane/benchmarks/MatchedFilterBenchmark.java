package io.github.starlane.benchmarks;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.matchedfilter.Template;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** One S/N map. */
public class MatchedFilterBenchmark extends KernelBenchmark {

  @Param({"9", "15"})
  int templateSize;

  private final Plane image = SIMD.fromHost(noise(1), EDGE, EDGE);
  private final Plane variance = constant(SKY);
  private final MaskPlane mask = sparseMask(2);
  private final Plane out = empty();

  @Benchmark
  public Plane matchedFilterScalar() {
    return run(SCALAR);
  }

  @Benchmark
  public Plane matchedFilterSimd() {
    return run(SIMD);
  }

  private Plane run(Backend backend) {
    backend.matchedFilter().signalToNoise(image, variance, mask, gaussian(templateSize), 1, out);
    return out;
  }

  private static Template gaussian(int size) {
    float[] values = new float[size * size];
    double sigma = 1.1;
    for (int i = 0; i < values.length; i++) {
      double dx = i % size - size / 2;
      double dy = i / size - size / 2;
      values[i] =
          (float)
              (Math.exp(-0.5 * (dx * dx + dy * dy) / (sigma * sigma))
                  / (2 * Math.PI * sigma * sigma));
    }
    return new Template("star", size, values);
  }
}
