package io.github.starlane.kernels.resample;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/**
 * Resamples an image through a smooth mapping with a normalised Lanczos-3 kernel.
 *
 * <p>Output pixel (x, y) is the input at position {@code mapping(x, y)}, times the mapping's
 * Jacobian when flux is to be conserved. Weights of NaN or bad pixels and of pixels outside are 0
 * and the rest is normalised to unit sum; where the weight that is left is below half of the whole,
 * the output is NaN and gets {@code emptyBit}. The variance is the sum of squared weights times the
 * input variance. The mask is the OR of all input pixels, bad ones included, whose weight exceeds
 * {@code maskWeight} in absolute value, the weight being that before bad pixels are taken out: an
 * output that leans on a bad pixel's neighbours says so.
 *
 * <p>At whole-pixel positions the weights are exactly 0 and 1. Backends agree within 2e-5 of the
 * largest pixel under the footprint.
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
