package io.github.starlane.core.background;

import io.github.starlane.kernels.background.BackgroundParameters;
import io.github.starlane.kernels.background.Interpolation;

/**
 * How the background is estimated.
 *
 * @param blockSize aimed edge of a block [pixel]
 * @param estimator of a block's level
 * @param clipSigma half-width of the clipping interval in standard deviations
 * @param clipIterations largest number of clipping rounds
 * @param minimumFraction a block needs this fraction of good pixels
 * @param medianFilter 3 × 3 median filter over the blocks
 */
public record BackgroundSettings(
    int blockSize,
    BackgroundParameters.Estimator estimator,
    double clipSigma,
    int clipIterations,
    double minimumFraction,
    boolean medianFilter) {

  /** As the kernel wants them. */
  public BackgroundParameters parameters(int badBits) {
    return new BackgroundParameters(
        blockSize,
        0,
        estimator,
        clipSigma,
        clipIterations,
        minimumFraction,
        badBits,
        medianFilter,
        Interpolation.SPLINE);
  }
}
