package io.github.starlane.kernels.fft;

import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;

/**
 * The plain version in double precision: convolution as a direct sum, the rest by {@link
 * DoubleTransform}.
 */
public final class ScalarFft implements Fft {

  @Override
  public void convolve(Plane image, Kernel kernel, Plane out) {
    int width = image.width();
    int height = image.height();
    Shapes.requireSize("the output", out, width, height);
    float[] pixels = HostPlane.pixels(image);
    float[] sums = HostPlane.pixels(out);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sums[y * width + x] = (float) convolveAt(pixels, width, height, kernel, x, y);
      }
    }
  }

  private static double convolveAt(
      float[] pixels, int width, int height, Kernel kernel, int x, int y) {
    double sum = 0;
    for (int j = 0; j < kernel.height(); j++) {
      int row = y - (j - kernel.height() / 2);
      for (int i = 0; row >= 0 && row < height && i < kernel.width(); i++) {
        int column = x - (i - kernel.width() / 2);
        if (column >= 0 && column < width && GoodPixels.isGood(pixels[row * width + column])) {
          sum += (double) kernel.values()[j * kernel.width() + i] * pixels[row * width + column];
        }
      }
    }
    return sum;
  }

  @Override
  public Autocorrelation autocorrelate(Plane image, int lagX, int lagY, boolean subtractMean) {
    Lags.require(lagX, lagY);
    int width = image.width();
    int height = image.height();
    float[] pixels = HostPlane.pixels(image);
    double[] countAndMean = GoodPixels.countAndMean(pixels);
    double level = subtractMean ? countAndMean[1] : 0;
    int padded = FastLength.next(width + Math.min(lagX, width));
    int paddedRows = FastLength.next(height + Math.min(lagY, height));
    double[] re = new double[Math.multiplyExact(padded, paddedRows)];
    double[] im = new double[re.length];
    for (int i = 0; i < pixels.length; i++) {
      boolean good = GoodPixels.isGood(pixels[i]);
      re[i / width * padded + i % width] = good ? pixels[i] - level : 0;
    }
    DoubleTransform.forward(re, im, padded, paddedRows);
    for (int i = 0; i < re.length; i++) {
      re[i] = re[i] * re[i] + im[i] * im[i];
      im[i] = 0;
    }
    DoubleTransform.inverse(re, im, padded, paddedRows);
    return Lags.normalise(
        width,
        height,
        lagX,
        lagY,
        countAndMean,
        GoodPixels.sumOfSquares(pixels, level),
        (dx, dy) -> re[Math.floorMod(dy, paddedRows) * padded + Math.floorMod(dx, padded)]);
  }

  @Override
  public ProperCoadd properCoadd(int width, int height, int padding) {
    return new ScalarProperCoadd(width, height, padding);
  }
}
