package io.github.starlane.kernels.aperture;

/**
 * Apertures.
 *
 * @param radii aperture radii, growing [pixel]
 * @param annulusInner inner radius of the background annulus [pixel]
 * @param annulusOuter outer radius of the background annulus [pixel]; not larger than the inner one
 *     for none: background and its deviation are then 0
 * @param annulusLevel what is taken for the background
 * @param momentSigma σ of the Gaussian window of the moments [pixel]
 * @param momentRadius moments use pixels within this radius [pixel]; 0 for no moments: NaN
 * @param flagRadius mask bits of all pixels within ± this are OR-ed [pixel]
 * @param badBits pixels with one of these mask bits are left out
 */
public record ApertureParameters(
    double[] radii,
    double annulusInner,
    double annulusOuter,
    Level annulusLevel,
    double momentSigma,
    double momentRadius,
    int flagRadius,
    int badBits) {

  /** Estimators of the level of an annulus. */
  public enum Level {
    /** The median. */
    MEDIAN,
    /**
     * 3 · median − 2 · mean of the values within 3 σ of the median (Stetson 1987, PASP 99, 191):
     * less lifted by faint stars, but with twice the noise.
     */
    MODE
  }
}
