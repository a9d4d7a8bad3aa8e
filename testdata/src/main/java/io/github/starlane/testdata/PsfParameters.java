package io.github.starlane.testdata;

/**
 * The point-spread function and its change over the field.
 *
 * <p>With ρ the distance from the field centre over that of the corner, the width is {@code fwhm ×
 * (1 + cornerGrowth ρ²)} and the ellipticity (a spin-2 quantity) is the constant one plus a radial
 * one of {@code cornerEllipticity ρ²}.
 *
 * @param profile the radial profile
 * @param moffatBeta exponent of the Moffat profile, &gt; 1; a multiple of 0.5 renders fastest
 * @param fwhm full width at half maximum at the field centre [px], the geometric mean of both axes
 * @param ellipticity 1 − b/a, the same all over the field
 * @param angleDegrees direction of the major axis, from +x towards +y
 * @param cornerGrowth relative growth of the width from the centre to the corner
 * @param cornerEllipticity additional ellipticity at the corner, pointing away from the centre
 */
public record PsfParameters(
    Profile profile,
    double moffatBeta,
    double fwhm,
    double ellipticity,
    double angleDegrees,
    double cornerGrowth,
    double cornerEllipticity) {
  /** The radial profiles that can be drawn. */
  public enum Profile {
    /** Moffat (1969): power-law wings, as long exposures through air have. */
    MOFFAT,
    /** A normal distribution. */
    GAUSSIAN
  }

  /**
   * @throws IllegalArgumentException if a value makes no PSF
   */
  public PsfParameters {
    Check.that(moffatBeta > 1.2, "moffatBeta must be above 1.2: nearer to 1 the flux diverges");
    Check.that(fwhm >= 1 && fwhm < 50, "fwhm must be in 1 … 50 px");
    Check.that(
        ellipticity >= 0 && cornerEllipticity >= 0 && ellipticity + cornerEllipticity < 0.8,
        "ellipticity must not be negative and stay below 0.8");
    Check.that(cornerGrowth > -0.5, "cornerGrowth must be above -0.5");
  }

  /** A LAST-like image: about 3.25″ in the middle, somewhat wider and elongated in the corners. */
  public static PsfParameters defaults() {
    return new PsfParameters(Profile.MOFFAT, 3.0, 2.6, 0.06, 25, 0.15, 0.06);
  }

  /** These parameters with another profile. */
  public PsfParameters withProfile(Profile other) {
    return new PsfParameters(
        other, moffatBeta, fwhm, ellipticity, angleDegrees, cornerGrowth, cornerEllipticity);
  }

  /** These parameters with another width [px]. */
  public PsfParameters withFwhm(double other) {
    return new PsfParameters(
        profile, moffatBeta, other, ellipticity, angleDegrees, cornerGrowth, cornerEllipticity);
  }
}
