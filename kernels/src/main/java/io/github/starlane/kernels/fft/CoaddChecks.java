package io.github.starlane.kernels.fft;

import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;
import java.util.Locale;

/** Refuses what cannot be coadded, and what the versions share. */
final class CoaddChecks {

  /**
   * Least modulus of a PSF's transform (of unit sum); smaller ones count as this. There a star has
   * no signal, but the phase would be rounding noise; the noise of the coadd stays white.
   */
  static final double FLOOR = 1e-4;

  private CoaddChecks() {}

  static void requireSize(int width, int height, int padding) {
    if (width < 1 || height < 1 || padding < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a coadd of %d x %d with %d of padding", width, height, padding));
    }
  }

  static void requireImage(
      Plane image, int width, int height, Kernel psf, double fluxScale, double variance) {
    Shapes.requireSize("the image", image, width, height);
    if (psf.width() > width || psf.height() > height) {
      throw new IllegalArgumentException("the PSF is larger than the image");
    }
    // Written so that NaN fails.
    double information = fluxScale * fluxScale / variance;
    if (!(fluxScale > 0 && variance > 0 && information > 1e-24 && information < 1e24)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "flux scale %s and variance %s must be positive, and flux scale² / variance between 1e-24 and 1e24",
              fluxScale,
              variance));
    }
  }

  static void requireResult(Plane out, int width, int height, int psfSize, double weight) {
    Shapes.requireSize("the coadd", out, width, height);
    if (weight == 0) {
      throw new IllegalStateException("nothing was added to the coadd");
    }
    if (psfSize < 1 || psfSize % 2 == 0 || psfSize > Math.min(width, height)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a PSF of size %d for a coadd of %d x %d", psfSize, width, height));
    }
  }
}
