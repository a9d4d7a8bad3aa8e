package io.github.starlane.kernels.combine;

/**
 * How to combine.
 *
 * @param method what is done with the values that are left
 * @param rejection how outliers are found
 * @param low values below centre − low · σ are rejected
 * @param high values above centre + high · σ are rejected
 * @param iterations clipping rounds; each needs at least 3 values
 * @param relativeError for {@link Rejection#NOISE_MODEL}: σ² = variance + (relativeError ·
 *     centre)², so that the cores of bright stars survive small differences of seeing and
 *     registration
 * @param badBits pixels with one of these mask bits do not take part
 */
public record CombineParameters(
    Method method,
    Rejection rejection,
    double low,
    double high,
    int iterations,
    double relativeError,
    int badBits) {

  /** Statistic of the values that are left. */
  public enum Method {
    MEAN,
    MEDIAN
  }

  /** How outliers are found. */
  public enum Rejection {
    NONE,
    /** The smallest and the largest value (if at least 3). */
    MIN_MAX,
    /**
     * Around the mean, σ from the sample; the first round goes around the median with σ from the
     * MAD.
     */
    SAMPLE,
    /** Around the median, σ = 1.4826 · MAD. */
    MAD,
    /** Around the median, σ from each pixel's own variance. */
    NOISE_MODEL
  }
}
