package io.github.starlane.core.streak;

import org.hipparchus.special.Gamma;

/**
 * Cross-section of a streak of unit light per length: (1 + (2^κ − 1) (v / h)²)^(−1/κ), h half the
 * FWHM, normalised. For κ → 0 it is a Gaussian; a Moffat function (Moffat 1969, A&amp;A 3, 455) of
 * exponent β that moves along a line gives κ = 1 / (β − 1/2), and is wider than it by some per
 * cent; below 0 it has no wings and a flat top, as out of focus.
 *
 * @param fwhm full width at half maximum [pixel]
 * @param wings κ
 * @param scale 2^κ − 1
 */
record CrossSection(double fwhm, double wings, double scale) {

  /** With 2^κ − 1 for its scale. */
  CrossSection(double fwhm, double wings) {
    this(fwhm, wings, Math.expm1(wings * Math.log(2)));
  }

  /** Range of κ: from nearly a box to β of about 2. */
  static final double LEAST_WINGS = -0.8;

  static final double MOST_WINGS = 0.67;
  private static final double GAUSSIAN = 1e-4;

  private boolean isGaussian() {
    return Math.abs(wings) < GAUSSIAN;
  }

  /** Height of a unit of light in a section of unit FWHM. */
  double unitPeak() {
    if (isGaussian()) {
      return 2 * Math.sqrt(Math.log(2) / Math.PI);
    }
    double exponent = 1 / Math.abs(wings);
    double gammas =
        wings > 0
            ? Gamma.logGamma(exponent) - Gamma.logGamma(exponent - 0.5)
            : Gamma.logGamma(exponent + 1.5) - Gamma.logGamma(exponent + 1);
    return 2 * Math.sqrt(Math.abs(scale) / Math.PI) * Math.exp(gammas);
  }

  /** Shape of unit height at a distance from the line. */
  double shape(double distance) {
    double square = 4 * distance * distance / (fwhm * fwhm);
    if (isGaussian()) {
      return Math.exp(-Math.log(2) * square);
    }
    double base = scale * square;
    return base <= -1 ? 0 : Math.exp(-Math.log1p(base) / wings);
  }

  /** Derivative of the shape's logarithm with the distance; 0 where there is no light. */
  double logarithmicSlope(double distance) {
    double twice = 8 * distance / (fwhm * fwhm);
    if (isGaussian()) {
      return -Math.log(2) * twice;
    }
    double base = 1 + scale * 4 * distance * distance / (fwhm * fwhm);
    return base <= 0 ? 0 : -scale * twice / (wings * base);
  }
}
