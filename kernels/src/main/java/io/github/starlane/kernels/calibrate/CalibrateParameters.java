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
    int negativeBit) {}
