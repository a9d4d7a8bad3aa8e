package io.github.starlane.kernels.calibrate;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/**
 * Raw samples to electrons, in one pass over memory.
 *
 * <p>For the raw value r = BSCALE · sample + BZERO [ADU] of pixel (x, y), with L the linearity:
 *
 * <pre>
 *   pedestal = level + rows(y) + columns(x)                                      [ADU]
 *   a        = L(r − pedestal − bias(x, y)) − darkScale · dark(x, y)             [ADU]
 *   e        = gain · a                                                          [electron]
 *   image    = e · inverseFlat(x, y)                                             [electron]
 *   variance = (max(e, 0) + readNoise² + extraVariance) · inverseFlat(x, y)²     [electron²]
 * </pre>
 *
 * <p>The linearity stands where it does because the amplifier and the converter, which bend the
 * response, see all the charge of a pixel, that of the dark current too, above the zero level. The
 * dark is a mean of frames that were linearised themselves.
 *
 * <p>Mask: starts from the calibration mask (0 where there is none); {@code saturatedBit} is added
 * where r ≥ saturation, {@code nonLinearBit} where r ≥ nonLinear, {@code negativeBit} where image
 * &lt; 0, {@code nanBit} where the sample is NaN, infinite or BLANK or where a calibration frame is
 * not finite; such pixels get image = variance = NaN, and no level bit where the sample itself is
 * not finite. Outputs have the size of the raw region.
 *
 * <p>Backends agree within 4 float32 ulp of the largest raw value, times gain and inverse flat; the
 * level bits of whole samples below 2²⁴ are exact.
 */
public interface Calibrate {

  /**
   * Calibrates one region.
   *
   * @param raw the raw samples
   * @param frames the calibration frames of the same region
   * @param parameters constants of the detector and the mask bits
   * @param image output [electron]
   * @param variance output [electron²]; null if it is not wanted
   * @param mask output; null if it is not wanted
   * @throws IllegalArgumentException if sizes differ
   */
  void calibrate(
      RawPixels raw,
      CalibrationFrames frames,
      CalibrateParameters parameters,
      Plane image,
      Plane variance,
      MaskPlane mask);
}
