package io.github.starlane.benchmarks;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.matchedfilter.MatchedFilterParameters;
import io.github.starlane.kernels.matchedfilter.Peaks;
import io.github.starlane.kernels.matchedfilter.Template;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** One S/N map, and detection with a bank of three templates. */
public class MatchedFilterBenchmark extends KernelBenchmark {

  /** Columns and rows of the template. */
  @Param({"9", "15", "25", "41"})
  public int templateSize;

  private Plane image;
  private Plane variance;
  private MaskPlane mask;
  private Plane out;
  private Template template;
  private MatchedFilterParameters bank;

  @Override
  protected void prepareKernel() {
    image = noiseAlone(1);
    variance = constant(SKY);
    mask = sparseMask(2);
    out = empty();
    template = gaussian(templateSize, 1.1);
    List<Template> templates = List.of(gaussian(1, 1), template, gaussian(templateSize, 1.5));
    bank = new MatchedFilterParameters(templates, 5, 1, 3, 100_000);
  }

  /** S/N of one template. */
  @Benchmark
  public Plane signalToNoise() {
    kernels.matchedFilter().signalToNoise(image, variance, mask, template, 1, out);
    return out;
  }

  /** Peaks above 5 σ of a point, the template and a broader one. */
  @Benchmark
  public Peaks detect() {
    return kernels.matchedFilter().detect(image, variance, mask, bank);
  }

  private static Template gaussian(int size, double sigma) {
    float[] values = new float[size * size];
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
