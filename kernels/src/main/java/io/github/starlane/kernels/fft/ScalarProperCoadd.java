package io.github.starlane.kernels.fft;

import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.Plane;

/** The plain version: the formulas of {@link ProperCoadd} in double precision. */
final class ScalarProperCoadd implements ProperCoadd {

  private final int width;
  private final int height;
  private final int padded;
  private final int paddedRows;
  private final double[] numeratorRe;
  private final double[] numeratorIm;
  private final double[] denominator;
  private double weight;

  ScalarProperCoadd(int width, int height, int padding) {
    CoaddChecks.requireSize(width, height, padding);
    this.width = width;
    this.height = height;
    padded = FastLength.next(width + padding);
    paddedRows = FastLength.next(height + padding);
    int size = Math.multiplyExact(padded, paddedRows);
    numeratorRe = new double[size];
    numeratorIm = new double[size];
    denominator = new double[size];
  }

  @Override
  public void add(Plane image, Kernel psf, double fluxScale, double variance) {
    CoaddChecks.requireImage(image, width, height, psf, fluxScale, variance);
    int size = denominator.length;
    double[] imageRe = new double[size];
    double[] imageIm = new double[size];
    float[] pixels = HostPlane.pixels(image);
    for (int i = 0; i < pixels.length; i++) {
      imageRe[i / width * padded + i % width] = GoodPixels.isGood(pixels[i]) ? pixels[i] : 0;
    }
    double[] psfRe = new double[size];
    double[] psfIm = new double[size];
    for (int i = 0; i < psf.values().length; i++) {
      int x = Math.floorMod(i % psf.width() - psf.width() / 2, padded);
      int y = Math.floorMod(i / psf.width() - psf.height() / 2, paddedRows);
      psfRe[y * padded + x] = psf.values()[i];
    }
    DoubleTransform.forward(imageRe, imageIm, padded, paddedRows);
    DoubleTransform.forward(psfRe, psfIm, padded, paddedRows);
    double power = fluxScale * fluxScale / variance;
    for (int k = 0; k < size; k++) {
      double square = psfRe[k] * psfRe[k] + psfIm[k] * psfIm[k];
      boolean seen = square > CoaddChecks.FLOOR * CoaddChecks.FLOOR;
      double re = seen ? psfRe[k] : CoaddChecks.FLOOR;
      double im = seen ? psfIm[k] : 0;
      numeratorRe[k] += fluxScale / variance * (re * imageRe[k] + im * imageIm[k]);
      numeratorIm[k] += fluxScale / variance * (re * imageIm[k] - im * imageRe[k]);
      denominator[k] += power * (re * re + im * im);
    }
    weight += power;
  }

  @Override
  public Result finish(Plane out, int psfSize) {
    CoaddChecks.requireResult(out, width, height, psfSize, weight);
    int size = denominator.length;
    double fluxScale = Math.sqrt(weight);
    double[] re = new double[size];
    double[] im = new double[size];
    double[] psfRe = new double[size];
    double[] psfIm = new double[size];
    for (int k = 0; k < size; k++) {
      double root = Math.sqrt(denominator[k]);
      re[k] = numeratorRe[k] / root;
      im[k] = numeratorIm[k] / root;
      psfRe[k] = root / fluxScale;
    }
    DoubleTransform.inverse(re, im, padded, paddedRows);
    DoubleTransform.inverse(psfRe, psfIm, padded, paddedRows);
    float[] pixels = HostPlane.pixels(out);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) re[i / width * padded + i % width];
    }
    float[] psf = new float[psfSize * psfSize];
    for (int i = 0; i < psf.length; i++) {
      int x = Math.floorMod(i % psfSize - psfSize / 2, padded);
      int y = Math.floorMod(i / psfSize - psfSize / 2, paddedRows);
      psf[i] = (float) psfRe[y * padded + x];
    }
    return new Result(new Kernel(psfSize, psfSize, psf), fluxScale);
  }
}
