package io.github.starlane.core.calibration;

/**
 * How masters are made.
 *
 * @param flatMinimum smallest median of a useful flat, as a fraction of saturation
 * @param flatMaximum largest median of a useful flat, as a fraction of saturation
 * @param clipSigma rejection of outliers among the frames of a master, in standard deviations
 * @param minimumFrames fewer frames than this are used all the same, with a warning
 * @param flatLowLimit pixels whose flat is lower are marked FlatLowVal
 * @param hotSigma pixels of a master dark this many robust standard deviations above its median are
 *     marked DarkHighVal
 * @param noisyFactor pixels whose variance among the frames exceeds the median variance by this
 *     factor are marked HighRN
 */
public record CalibrationSettings(
    double flatMinimum,
    double flatMaximum,
    double clipSigma,
    int minimumFrames,
    double flatLowLimit,
    double hotSigma,
    double noisyFactor) {}
