package io.github.starlane.benchmarks;

import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.fft.Autocorrelation;
import io.github.starlane.kernels.fft.Kernel;
import io.github.starlane.kernels.fft.ProperCoadd;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;

/** Convolution with 25 x 25 values, lags up to 20, and a proper coadd of two images. */
public class FftBenchmark extends KernelBenchmark {

  private static final int STAMP = 25;

  private Plane image;
  private Plane out;
  private Kernel kernel;

  @Override
  protected void prepareKernel() {
    image = noisySky(1);
    out = empty();
    float[] values = new float[STAMP * STAMP];
    Arrays.fill(values, 1f / values.length);
    kernel = new Kernel(STAMP, STAMP, values);
  }

  /** Convolution. */
  @Benchmark
  public Plane convolve() {
    kernels.fft().convolve(image, kernel, out);
    return out;
  }

  /** Autocorrelation at small lags. */
  @Benchmark
  public Autocorrelation autocorrelation() {
    return kernels.fft().autocorrelate(image, 20, 20, true);
  }

  /** Two images added and the coadd taken back. */
  @Benchmark
  public ProperCoadd.Result properCoadd() {
    ProperCoadd coadd = kernels.fft().properCoadd(width, height, 2 * STAMP);
    coadd.add(image, kernel, 1, SKY);
    coadd.add(image, kernel, 1.1, SKY);
    return coadd.finish(out, STAMP);
  }
}
