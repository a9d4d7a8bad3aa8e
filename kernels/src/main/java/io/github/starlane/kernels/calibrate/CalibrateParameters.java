package io.github.starlane.kernels.calibrate;

/**
 * Detector constants and mask bits.
 *
 * @param gain [electron / ADU]
 * @param readNoise [electron]
 * @param extraVariance noise besides signal and read-out, e.g. dark current × exposure time
 *     [electron²]
 * @param darkScale factor on the dark frame (exposure-time ratio)
 * @param saturation raw level from which a pixel is saturated [ADU]; +infinity for never
 * @param nonLinear raw level from which a pixel is non-linear [ADU]; +infinity for never
 * @param saturatedBit mask bit (a power of two, or 0 for none)
 * @param nonLinearBit mask bit
 * @param nanBit mask bit
 * @param negativeBit mask bit
 * @param linearity of the counts above pedestal and bias; null for none
 */
public record CalibrateParameters(
    double gain,
    double readNoise,
    double extraVariance,
    double darkScale,
    double saturation,
    double nonLinear,
    int saturatedBit,
    int nonLinearBit,
    int nanBit,
    int negativeBit,
    Linearity linearity) {

  /** Gain and scaled dark only: no noise, no limits, no bits. */
  public static CalibrateParameters scaling(double gain, double darkScale) {
    double never = Double.POSITIVE_INFINITY;
    return new CalibrateParameters(gain, 0, 0, darkScale, never, never, 0, 0, 0, 0, null);
  }
}
