package io.github.starlane.benchmarks;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.combine.CombineOutput;
import io.github.starlane.kernels.combine.CombineParameters;
import io.github.starlane.kernels.combine.CombineParameters.Method;
import io.github.starlane.kernels.combine.CombineParameters.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;

/** 20 images to one: to the value alone, or with all that a coadd has and wants. */
public class CombineBenchmark extends KernelBenchmark {

  private static final int IMAGES = 20;

  /** As different as those of epochs in changing air. */
  private static final double[] WEIGHTS =
      IntStream.range(0, IMAGES).mapToDouble(k -> 0.8 + 0.02 * k).toArray();

  private final List<Plane> images = new ArrayList<>();
  private final List<Plane> variances = new ArrayList<>();
  private final List<MaskPlane> masks = new ArrayList<>();
  private CombineOutput valueOnly;
  private CombineOutput everything;

  @Override
  protected void prepareKernel() {
    for (int k = 0; k < IMAGES; k++) {
      images.add(noisySky(k));
      variances.add(constant(SKY + k));
      masks.add(sparseMask(100 + k));
    }
    valueOnly = new CombineOutput(empty(), null, null, null, null);
    everything = new CombineOutput(valueOnly.value(), empty(), empty(), empty(), emptyMask());
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

  /**
   * Weighted mean after clipping against the noise model; a variance and a mask of each image in,
   * all outputs.
   */
  @Benchmark
  public CombineOutput noiseModelClip() {
    CombineParameters parameters = parameters(Method.MEAN, Rejection.NOISE_MODEL);
    kernels.combine().combine(images, variances, masks, WEIGHTS, parameters, everything);
    return everything;
  }

  private CombineOutput run(Method method, Rejection rejection) {
    CombineParameters parameters = parameters(method, rejection);
    kernels.combine().combine(images, null, null, null, parameters, valueOnly);
    return valueOnly;
  }

  private static CombineParameters parameters(Method method, Rejection rejection) {
    return new CombineParameters(method, rejection, 3, 3, 3, 0.01, 1);
  }
}
