package io.github.starlane.kernels.laplacian;

import io.github.starlane.kernels.matchedfilter.Template;

/**
 * How cosmic rays are found.
 *
 * @param sigmaClip limit of S′ [σ]
 * @param sigmaFraction limit for neighbours of cosmic rays, as a fraction of sigmaClip
 * @param objectLimit least contrast S′ / F; the sharper the stars the larger
 * @param iterations largest number of iterations
 * @param separable separable medians instead of full ones: other pixels are found
 * @param psf makes F from the image smoothed with this PSF (any sum); null makes it from medians
 * @param fill what found pixels are replaced by
 * @param gain electrons per unit of the image; for a null variance only
 * @param readNoise rms read noise, in units of the image; for a null variance only
 * @param saturation level of saturated pixels; positive infinity protects no stars
 * @param badBits mask bits of bad pixels
 * @param cosmicRayBit set where a cosmic ray was found
 * @param saturatedStarBit set around saturated stars, where nothing is looked for; 0 for none
 */
public record LaplacianParameters(
    double sigmaClip,
    double sigmaFraction,
    double objectLimit,
    int iterations,
    boolean separable,
    Template psf,
    Fill fill,
    double gain,
    double readNoise,
    double saturation,
    int badBits,
    int cosmicRayBit,
    int saturatedStarBit) {

  /**
   * What a cosmic ray's pixel is replaced by, from the 5 × 5 pixels around it. Where none of them
   * is good it is the median of (a sample of) the good pixels of the image.
   */
  public enum Fill {
    /** Mean of the good pixels. */
    MEAN,
    /** Median of the good pixels. */
    MASKED_MEDIAN,
    /** Median of all, good or not, beyond the edge the outermost pixels again. */
    MEDIAN,
    /** Mean of the good pixels with weights 1 / distance. */
    INTERPOLATION
  }

  /** Limits of the author and a mean fill, for an image and its variance in electrons. */
  public static LaplacianParameters standard(int badBits, int cosmicRayBit) {
    return new LaplacianParameters(
        4.5,
        0.3,
        5,
        4,
        false,
        null,
        Fill.MEAN,
        1,
        0,
        Double.POSITIVE_INFINITY,
        badBits,
        cosmicRayBit,
        0);
  }

  /** Half-size of the filter of V and S. */
  int noiseReach() {
    return separable ? 3 : 2;
  }

  /** Half-size of the filter that smooths I to f. */
  int smoothingReach() {
    if (psf != null) {
      return psf.size() / 2;
    }
    return separable ? 2 : 1;
  }

  /** Half-size of the filter that takes the large structures from f. */
  int structureReach() {
    return separable ? 4 : 3;
  }

  /** How far away a pixel may stand that has a say in S′ or F of another. */
  int reach() {
    int sharpness = 2 * noiseReach();
    int structure = structureReach() + smoothingReach() + (psf == null ? 0 : noiseReach());
    return Math.max(sharpness, structure);
  }
}
