package io.github.starlane.core.source;

import org.hipparchus.special.Erf;

/**
 * Star or galaxy: the probability that a source is a star, both kinds being equally likely before.
 *
 * <p>With s the spread, and σ its error and the floor of what the PSF may be wrong, added in
 * squares: stars have s = 0, galaxies an exponential distribution of mean 1, both with Gaussian
 * noise σ:
 *
 * <pre>
 *   L_star   = N(s; σ)
 *   L_galaxy = ½ exp(σ²/2 − s) erfc((σ² − s) / (√2 σ))
 *   p        = L_star / (L_star + L_galaxy)
 * </pre>
 *
 * <p>Near ½ for sources too faint to tell.
 */
final class StarGalaxy {
  /** Beyond this noise nothing is known. */
  private static final double MOST_NOISE = 5;

  private StarGalaxy() {}

  /** The number, 0 for galaxies to 1 for stars; NaN if the spread is. */
  static double probability(double spread, double error, double floor) {
    double sigma = Math.hypot(error, floor);
    if (Double.isNaN(spread) || Double.isNaN(sigma)) {
      return Double.NaN;
    }
    if (sigma > MOST_NOISE) {
      return 0.5;
    }
    double z = spread / sigma;
    // Far out both likelihoods vanish; what counts is which one does first.
    double bounded = Math.clamp(z, -8, 30);
    double s = bounded * sigma;
    double star = Math.exp(-0.5 * bounded * bounded) / (Math.sqrt(2 * Math.PI) * sigma);
    double galaxy =
        0.5
            * Math.exp(sigma * sigma / 2 - s)
            * Erf.erfc((sigma * sigma - s) / (Math.sqrt(2) * sigma));
    return star / (star + galaxy);
  }
}
