package io.github.starlane.testdata;

/**
 * Throughput and night sky.
 *
 * @param zeroPoint magnitude [AB] of a star that gives 1 e⁻/s where the flat is 1, at full
 *     transparency
 * @param colourTerm the system magnitude is G + colourTerm × (BP − RP)
 * @param level night sky [e⁻/px/s] at the field centre in the first epoch
 * @param gradientX relative change of the sky from the left to the right edge
 * @param gradientY relative change of the sky from the bottom to the top edge
 * @param levelTrend relative change of the sky over the visit
 * @param transparencyLoss greatest loss of transparency during the visit, 0 … 1
 * @param seeingChange relative amplitude of the change of the PSF's width during the visit
 */
public record SkyParameters(
    double zeroPoint,
    double colourTerm,
    double level,
    double gradientX,
    double gradientY,
    double levelTrend,
    double transparencyLoss,
    double seeingChange) {
  /**
   * @throws IllegalArgumentException if the sky would be negative or the air opaque
   */
  public SkyParameters {
    Check.that(level >= 0, "sky level must not be negative");
    Check.that(
        Math.abs(gradientX) + Math.abs(gradientY) < 2, "gradients would make the sky negative");
    Check.that(levelTrend > -1, "levelTrend must be above -1");
    Check.that(transparencyLoss >= 0 && transparencyLoss < 1, "transparencyLoss must be in 0 … 1");
    Check.that(seeingChange >= 0 && seeingChange < 0.8, "seeingChange must be in 0 … 0.8");
  }

  /**
   * A 5 σ limit near 19.6 mag in 20 s: with 200 e⁻/px of sky, 3.5 e⁻ of read noise and the default
   * PSF, whose noise-equivalent area is about 30 px, 5 σ is 420 e⁻ or 21 e⁻/s.
   */
  public static SkyParameters defaults() {
    return new SkyParameters(22.93, 0.08, 10, 0.06, -0.03, 0.05, 0.06, 0.06);
  }

  /** These parameters with another level of the sky [e⁻/px/s]. */
  public SkyParameters withLevel(double other) {
    return new SkyParameters(
        zeroPoint,
        colourTerm,
        other,
        gradientX,
        gradientY,
        levelTrend,
        transparencyLoss,
        seeingChange);
  }
}
