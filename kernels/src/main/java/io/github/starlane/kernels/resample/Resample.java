package io.github.starlane.kernels.resample;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/**
 * Resamples an image through a smooth mapping with a normalised Lanczos-3 kernel.
 *
 * <p>Output pixel (x, y) is the input at position {@code mapping(x, y)}, times the mapping's
 * Jacobian when flux is to be conserved. Weights of NaN, infinite or bad pixels and of pixels
 * outside are 0 and the rest is normalised to unit sum; where the weight that is left is below half
 * of the whole, the output is NaN and gets {@code emptyBit}. The variance is the sum of squared
 * weights times the input variance. By {@code maskRule} the mask is the OR of all input pixels, bad
 * ones included, whose weight exceeds {@code maskWeight} in absolute value, the weight being that
 * before bad pixels are taken out (an output that leans on a bad pixel's neighbours says so); or
 * that of the nearest pixel.
 *
 * <p>At whole-pixel positions the weights are exactly 0 and 1; weights below 1e-6 do not let in a
 * NaN. Between the mapping's nodes positions are bilinear: an error of step² / 8 times the second
 * derivative, below 0.001 pixel for a step of 32 and a distortion of 12 pixels over a frame of
 * 9576.
 *
 * <p>The kernel's own limits: an image without frequencies above 0.12 / pixel, or a star of FWHM 3,
 * comes back from a shift by (0.3, 0.7) and its reverse with an rms error of 1e-3 of the peak (FWHM
 * 2.5: 1.4e-3). The flux of a star is kept on the mean over its positions; of one star, within half
 * a percent where the scale is so near 1 that all its pixels share a phase.
 *
 * <p>Backends agree within 2e-5 of the largest pixel under the footprint.
 */
public interface Resample {

  /**
   * Resamples.
   *
   * @param image input
   * @param variance input, or null
   * @param mask input, or null
   * @param mapping where each output pixel looks in the input
   * @param out output image, of the mapping's size
   * @param outVariance output, or null (null exactly if {@code variance} is)
   * @param outMask output, or null
   */
  void resample(
      Plane image,
      Plane variance,
      MaskPlane mask,
      Mapping mapping,
      ResampleParameters parameters,
      Plane out,
      Plane outVariance,
      MaskPlane outMask);
}
