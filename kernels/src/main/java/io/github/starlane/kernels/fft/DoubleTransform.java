package io.github.starlane.kernels.fft;

import org.jtransforms.fft.DoubleFFT_1D;
import org.visnow.jlargearrays.ConcurrencyUtils;

/** The plain Fourier transform in double precision: JTransforms, line by line. */
final class DoubleTransform {

  static {
    // Long lines would else be split over threads of the library's own.
    ConcurrencyUtils.setNumberOfThreads(1);
  }

  private DoubleTransform() {}

  /** Transforms a plane in place: Σ f(x, y) exp(−2πi (ux / width + vy / height)). */
  static void forward(double[] re, double[] im, int width, int height) {
    if (width == 0 || height == 0) {
      return;
    }
    DoubleFFT_1D alongRow = new DoubleFFT_1D(width);
    double[] row = new double[2 * width];
    for (int y = 0; y < height; y++) {
      line(alongRow, row, re, im, y * width, 1);
    }
    DoubleFFT_1D alongColumn = new DoubleFFT_1D(height);
    double[] column = new double[2 * height];
    for (int x = 0; x < width; x++) {
      line(alongColumn, column, re, im, x, width);
    }
  }

  /** The reverse of {@link #forward}. */
  static void inverse(double[] re, double[] im, int width, int height) {
    forward(im, re, width, height);
    for (int i = 0; i < width * height; i++) {
      re[i] /= (double) width * height;
      im[i] /= (double) width * height;
    }
  }

  private static void line(
      DoubleFFT_1D transform, double[] line, double[] re, double[] im, int from, int step) {
    for (int k = 0; k < line.length / 2; k++) {
      line[2 * k] = re[from + k * step];
      line[2 * k + 1] = im[from + k * step];
    }
    transform.complexForward(line);
    for (int k = 0; k < line.length / 2; k++) {
      re[from + k * step] = line[2 * k];
      im[from + k * step] = line[2 * k + 1];
    }
  }
}
