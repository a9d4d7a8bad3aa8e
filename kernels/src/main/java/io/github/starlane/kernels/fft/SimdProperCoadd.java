package io.github.starlane.kernels.fft;

import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.Plane;
import java.util.Arrays;

/** The vector version; sums of the half of the frequencies that a real image is known by. */
final class SimdProperCoadd implements ProperCoadd {

  private final int width;
  private final int height;
  private final LaneTransform transform;
  private final float[] numeratorRe;
  private final float[] numeratorIm;
  private final float[] denominator;
  private final float[] imageRe;
  private final float[] imageIm;
  private final float[] psfRe;
  private final float[] psfIm;
  private double weight;

  SimdProperCoadd(int width, int height, int padding) {
    CoaddChecks.requireSize(width, height, padding);
    this.width = width;
    this.height = height;
    transform = new LaneTransform(width + padding, height + padding);
    int size = Math.multiplyExact(transform.width, transform.height);
    int half = HermitianPair.rows(transform.height) * transform.width;
    numeratorRe = new float[half];
    numeratorIm = new float[half];
    denominator = new float[half];
    imageRe = new float[size];
    imageIm = new float[size];
    psfRe = new float[size];
    psfIm = new float[size];
  }

  @Override
  public void add(Plane image, Kernel psf, double fluxScale, double variance) {
    CoaddChecks.requireImage(image, width, height, psf, fluxScale, variance);
    int w = transform.width;
    float[] pixels = HostPlane.pixels(image);
    LaneTiles.load(pixels, width, height, 0, 0, width, height, 0, imageRe, w, 0, 0);
    LaneTiles.wrap(psf, psfRe, w, transform.height);
    Arrays.fill(imageIm, 0);
    Arrays.fill(psfIm, 0);
    // Not as the two parts of one transform: the image's rounding would drown the PSF's.
    transform.forward(imageRe, imageIm);
    transform.forward(psfRe, psfIm);
    accumulate((float) (fluxScale / variance), (float) (fluxScale * fluxScale / variance));
    weight += fluxScale * fluxScale / variance;
  }

  private void accumulate(float scale, float power) {
    float floor = (float) CoaddChecks.FLOOR;
    for (int k = 0; k < denominator.length; k++) {
      float square = psfRe[k] * psfRe[k] + psfIm[k] * psfIm[k];
      boolean seen = square > floor * floor;
      float re = seen ? psfRe[k] : floor;
      float im = seen ? psfIm[k] : 0;
      numeratorRe[k] += scale * (re * imageRe[k] + im * imageIm[k]);
      numeratorIm[k] += scale * (re * imageIm[k] - im * imageRe[k]);
      denominator[k] += power * (re * re + im * im);
    }
  }

  @Override
  public Result finish(Plane out, int psfSize) {
    CoaddChecks.requireResult(out, width, height, psfSize, weight);
    int w = transform.width;
    int h = transform.height;
    double fluxScale = Math.sqrt(weight);
    for (int k = 0; k < denominator.length; k++) {
      float root = (float) Math.sqrt(denominator[k]);
      imageRe[k] = numeratorRe[k] / root;
      imageIm[k] = numeratorIm[k] / root;
      psfRe[k] = root;
      psfIm[k] = 0;
    }
    HermitianPair.complete(imageRe, imageIm, w, h);
    HermitianPair.complete(psfRe, psfIm, w, h);
    transform.inverse(imageRe, imageIm);
    transform.inverse(psfRe, psfIm);
    float[] pixels = HostPlane.pixels(out);
    float share = 1f / imageRe.length;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = imageRe[y * w + x] * share;
      }
    }
    float[] psf = new float[psfSize * psfSize];
    for (int i = 0; i < psf.length; i++) {
      int x = Math.floorMod(i % psfSize - psfSize / 2, w);
      int y = Math.floorMod(i / psfSize - psfSize / 2, h);
      psf[i] = (float) (psfRe[y * w + x] * (double) share / fluxScale);
    }
    return new Result(new Kernel(psfSize, psfSize, psf), fluxScale);
  }
}
