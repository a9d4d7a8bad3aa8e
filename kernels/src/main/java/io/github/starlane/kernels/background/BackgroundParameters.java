package io.github.starlane.kernels.background;

/**
 * How the background is estimated.
 *
 * @param blockSize aimed edge of a block [pixel]
 * @param overlap pixels beyond either edge of a block that also count [pixel]
 * @param estimator how the level of a block is found
 * @param clipSigma half-width of the clipping interval in standard deviations
 * @param clipIterations largest number of clipping rounds
 * @param minimumFraction a block needs this fraction of good pixels (0…1)
 * @param badBits pixels with one of these mask bits are ignored
 * @param medianFilter 3 × 3 median filter over the blocks (removes a block lifted by a bright star)
 * @param interpolation how the pixels between the blocks' centres get their values
 */
public record BackgroundParameters(
    int blockSize,
    int overlap,
    Estimator estimator,
    double clipSigma,
    int clipIterations,
    double minimumFraction,
    int badBits,
    boolean medianFilter,
    Interpolation interpolation) {

  /** Estimators of a block's level. */
  public enum Estimator {
    /** Median of the clipped pixels. */
    CLIPPED_MEDIAN,
    /**
     * 2.5 · median − 1.5 · mean of the clipped pixels, their median in crowded blocks (Bertin &amp;
     * Arnouts 1996).
     */
    SEXTRACTOR,
    /**
     * Vertex of a parabola through the logarithm of the histogram around its peak; the median in
     * blocks of fewer than 500 clipped pixels.
     */
    MODE
  }
}
