package io.github.starlane.benchmarks;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.combine.CombineOutput;
import io.github.starlane.kernels.combine.CombineParameters;
import io.github.starlane.kernels.combine.CombineParameters.Method;
import io.github.starlane.kernels.combine.CombineParameters.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** 20 crops to one. */
public class CombineBenchmark extends KernelBenchmark {

  @Param({"MEAN NONE", "MEDIAN NONE", "MEAN MIN_MAX", "MEAN SAMPLE", "MEAN NOISE_MODEL"})
  String way;

  private final List<Plane> images = new ArrayList<>();
  private final List<Plane> variances = new ArrayList<>();
  private final List<MaskPlane> masks = new ArrayList<>();
  private final CombineOutput output =
      new CombineOutput(empty(), empty(), empty(), empty(), emptyMask());

  /** Fills the stack. */
  public CombineBenchmark() {
    Plane variance = constant(SKY);
    for (int k = 0; k < 20; k++) {
      images.add(SIMD.fromHost(noise(k), EDGE, EDGE));
      variances.add(variance);
      masks.add(sparseMask(100 + k));
    }
  }

  @Benchmark
  public CombineOutput combineScalar() {
    return run(SCALAR);
  }

  @Benchmark
  public CombineOutput combineSimd() {
    return run(SIMD);
  }

  private CombineOutput run(Backend backend) {
    String[] words = way.split(" ", 2);
    CombineParameters parameters =
        new CombineParameters(
            Method.valueOf(words[0]), Rejection.valueOf(words[1]), 3, 3, 3, 0.01, 1);
    backend.combine().combine(images, variances, masks, null, parameters, output);
    return output;
  }
}
