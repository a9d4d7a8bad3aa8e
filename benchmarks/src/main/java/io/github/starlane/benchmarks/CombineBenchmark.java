package io.github.starlane.benchmarks;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.combine.CombineOutput;
import io.github.starlane.kernels.combine.CombineParameters;
import io.github.starlane.kernels.combine.CombineParameters.Method;
import io.github.starlane.kernels.combine.CombineParameters.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;

/** 20 images to one. */
public class CombineBenchmark extends KernelBenchmark {

  private static final int IMAGES = 20;

  private final List<Plane> images = new ArrayList<>();
  private final List<Plane> variances = new ArrayList<>();
  private final List<MaskPlane> masks = new ArrayList<>();
  private CombineOutput output;

  @Override
  protected void prepareKernel() {
    Plane variance = constant(SKY);
    for (int k = 0; k < IMAGES; k++) {
      images.add(noisySky(k));
      variances.add(variance);
      masks.add(sparseMask(100 + k));
    }
    output = new CombineOutput(empty(), empty(), empty(), empty(), emptyMask());
  }

  /** Plain mean. */
  @Benchmark
  public CombineOutput mean() {
    return run(Method.MEAN, Rejection.NONE);
  }

  /** Median. */
  @Benchmark
  public CombineOutput median() {
    return run(Method.MEDIAN, Rejection.NONE);
  }

  /** Mean without the smallest and the largest value. */
  @Benchmark
  public CombineOutput minMax() {
    return run(Method.MEAN, Rejection.MIN_MAX);
  }

  /** Mean after three rounds of clipping at 3 σ of the sample. */
  @Benchmark
  public CombineOutput sampleClip() {
    return run(Method.MEAN, Rejection.SAMPLE);
  }

  /** Mean after clipping against the noise model. */
  @Benchmark
  public CombineOutput noiseModelClip() {
    return run(Method.MEAN, Rejection.NOISE_MODEL);
  }

  private CombineOutput run(Method method, Rejection rejection) {
    CombineParameters parameters = new CombineParameters(method, rejection, 3, 3, 3, 0.01, 1);
    kernels.combine().combine(images, variances, masks, null, parameters, output);
    return output;
  }
}
