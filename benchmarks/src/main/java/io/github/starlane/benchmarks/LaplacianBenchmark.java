package io.github.starlane.benchmarks;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.laplacian.CosmicRays;
import io.github.starlane.kernels.laplacian.LaplacianParameters;
import io.github.starlane.kernels.laplacian.LaplacianParameters.Fill;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;

/** One cosmic ray in 6000 pixels, among ten times as many stars, in up to four iterations. */
public class LaplacianBenchmark extends KernelBenchmark {

  private static final int REACH = 6;

  private Plane image;
  private MaskPlane mask;
  private Plane cleaned;

  @Override
  protected void prepareKernel() {
    float[] pixels = noise(1);
    SplittableRandom random = new SplittableRandom(2);
    for (int k = 0; k < size / 600; k++) {
      double flux = Math.min(4e5, 330 * Math.pow(1 - random.nextDouble(), -1 / 0.7));
      addStar(pixels, random.nextDouble() * width, random.nextDouble() * height, flux);
    }
    for (int k = 0; k < size / 6000; k++) {
      pixels[random.nextInt(size)] += (float) (50 * Math.pow(100, random.nextDouble()));
    }
    image = kernels.fromHost(pixels, width, height);
    mask = emptyMask();
    cleaned = empty();
  }

  /** A Gaussian of σ = 1.06 pixels. */
  private void addStar(float[] pixels, double x, double y, double flux) {
    for (int j = Math.max(0, (int) y - REACH); j < Math.min(height, (int) y + REACH); j++) {
      for (int i = Math.max(0, (int) x - REACH); i < Math.min(width, (int) x + REACH); i++) {
        double square = (i - x) * (i - x) + (j - y) * (j - y);
        pixels[j * width + i] += (float) (flux / 7.07 * Math.exp(-square / 2.25));
      }
    }
  }

  /** Medians of squares. */
  @Benchmark
  public CosmicRays full() {
    return find(false);
  }

  /** Medians along rows, then along columns. */
  @Benchmark
  public CosmicRays separable() {
    return find(true);
  }

  private CosmicRays find(boolean separable) {
    LaplacianParameters parameters =
        new LaplacianParameters(
            4.5, 0.3, 5, 4, separable, null, Fill.MEAN, 1, 3.5, 60_000, 1, 8, 0);
    return kernels.laplacian().find(image, null, mask, parameters, mask, cleaned);
  }
}
