package io.github.starlane.core.source;

/**
 * What measurements at empty places scatter by: the honest noise.
 *
 * @param places number of empty places
 * @param apertureDeviation robust standard deviation of the flux of each aperture, with its annulus
 *     [electron]
 * @param apertureOverError the same over the median of the errors that are given; 1 if these are
 *     right
 * @param psfMean mean PSF flux at fixed position [electron]: 0 if the background is right
 * @param psfDeviation its robust standard deviation [electron]
 * @param psfOverError the same over the median error
 */
public record SkyNoise(
    int places,
    double[] apertureDeviation,
    double[] apertureOverError,
    double psfMean,
    double psfDeviation,
    double psfOverError) {

  /** That of an image of which nothing is known, with as many apertures as there may be. */
  static final SkyNoise UNKNOWN =
      new SkyNoise(0, unknown(), unknown(), Double.NaN, Double.NaN, Double.NaN);

  private static double[] unknown() {
    return new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
  }
}
