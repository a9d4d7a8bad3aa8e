package io.github.starlane.benchmarks;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.matchedfilter.Template;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** One S/N map. */
public class MatchedFilterBenchmark extends KernelBenchmark {

  /** Columns and rows of the template. */
  @Param({"9", "15", "25"})
  public int templateSize;

  private Plane image;
  private Plane variance;
  private MaskPlane mask;
  private Plane out;
  private Template template;

  @Override
  protected void prepareKernel() {
    image = noisySky(1);
    variance = constant(SKY);
    mask = sparseMask(2);
    out = empty();
    template = gaussian(templateSize);
  }

  /** S/N of one template. */
  @Benchmark
  public Plane signalToNoise() {
    kernels.matchedFilter().signalToNoise(image, variance, mask, template, 1, out);
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
