package io.github.starlane.kernels.fft;

import io.github.starlane.kernels.Plane;

/**
 * Convolution, autocorrelation and proper coaddition.
 *
 * <p>Pixels that are not finite count as 0, and so do those outside of the image: nothing wraps
 * around. Memory beyond the planes is bounded: convolution works on tiles, autocorrelation on tiles
 * a few times larger than the largest lag. No threads are started.
 */
public interface Fft {

  /**
   * out(x, y) = Σ kernel(i, j) · image(x − i, y − j), (i, j) counted from the kernel's centre.
   *
   * <p>Backends agree within 1e-6 of Σ |kernel| times the largest absolute pixel.
   *
   * @param out of the image's size, another plane
   */
  void convolve(Plane image, Kernel kernel, Plane out);

  /** out(x, y) = Σ kernel(i, j) · image(x + i, y + j); otherwise as {@link #convolve}. */
  default void correlate(Plane image, Kernel kernel, Plane out) {
    convolve(image, kernel.turned(), out);
  }

  /**
   * Σ v(x, y) · v(x + dx, y + dy) over Σ v², for lags up to the given ones.
   *
   * <p>Backends agree within 2e-6.
   *
   * @param lagX largest lag along x [pixel], 0 …; beyond the image's width all is 0
   * @param lagY largest lag along y [pixel]
   * @param subtractMean whether v is the image minus the mean of its good pixels, or the image
   */
  Autocorrelation autocorrelate(Plane image, int lagX, int lagY, boolean subtractMean);

  /**
   * Begins a proper coaddition.
   *
   * @param width of the images
   * @param height of the images
   * @param padding zeros beyond the edges [pixel]; twice the size of the PSF stamps is plenty
   */
  ProperCoadd properCoadd(int width, int height, int padding);
}
