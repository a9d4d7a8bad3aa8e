package io.github.starlane.core.streak;

import org.hipparchus.special.Gamma;

/**
 * Cross-section of a streak of unit light per length: (1 + (2^κ − 1) (v / h)²)^(−1/κ), h half the
 * FWHM, normalised. For κ → 0 it is a Gaussian; a Moffat function (Moffat 1969, A&amp;A 3, 455) of
 * exponent β that moves along a line gives κ = 1 / (β − 1/2).
 *
 * @param fwhm full width at half maximum [pixel]
 * @param wings κ, 0 to {@value #MOST_WINGS}
 */
record CrossSection(double fwhm, double wings) {

  /** β of about 2. */
  static final double MOST_WINGS = 0.67;

  private static final double GAUSSIAN = 1e-3;

  /** Whether it is as good as Gaussian. */
  boolean isGaussian() {
    return wings < GAUSSIAN;
  }

  /** Height of a unit of light in a section of unit FWHM. */
  double unitPeak() {
    if (isGaussian()) {
      return 2 * Math.sqrt(Math.log(2) / Math.PI);
    }
    double exponent = 1 / wings;
    double gammas = Gamma.logGamma(exponent) - Gamma.logGamma(exponent - 0.5);
    return 2 * Math.sqrt(Math.expm1(wings * Math.log(2)) / Math.PI) * Math.exp(gammas);
  }

  /** Shape of unit height at a distance from the line. */
  double shape(double distance) {
    double half = 2 * distance / fwhm;
    return isGaussian()
        ? Math.exp(-Math.log(2) * half * half)
        : Math.exp(-Math.log1p((Math.pow(2, wings) - 1) * half * half) / wings);
  }

  /** Derivative of the shape's logarithm with the distance. */
  double logarithmicSlope(double distance) {
    double twice = 8 * distance / (fwhm * fwhm);
    if (isGaussian()) {
      return -Math.log(2) * twice;
    }
    double scale = Math.pow(2, wings) - 1;
    return -scale * twice / (wings * (1 + scale * 4 * distance * distance / (fwhm * fwhm)));
  }
}
