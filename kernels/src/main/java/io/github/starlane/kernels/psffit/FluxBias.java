package io.github.starlane.kernels.psffit;

/**
 * What a free position adds to a flux on average: the fit moves to where noise has lifted the star,
 * so that the maximum-likelihood flux F comes out too large by
 *
 * <pre>  b = κ σ_F² / F,   κ = ½ Σ_d (Σ w² V P_d²) / (Σ w P_d²),   d = x, y</pre>
 *
 * <p>to first order in 1 / F (Box 1971, Journal of the Royal Statistical Society B 33, 171, for
 * this model, with the sums over P · P_dd integrated by parts). V is the variance without the star:
 * where there is no other noise than the star's own, the flux is the number of electrons, which
 * does not depend on the position. For κ = 1 the flux F − b is unbiased to all orders in 1 / F as
 * long as the likelihood is that of a point in three dimensions.
 */
final class FluxBias {

  private FluxBias() {}

  /**
   * The bias of a star at its final parameters, never more than its flux.
   *
   * @param window with weights of the final model
   * @param star whose stamp holds the derivatives at its final position; its flux is positive
   * @param fluxVariance of the fit
   */
  static double of(PixelWindow window, StarState star, double fluxVariance) {
    double share =
        0.5
            * (share(window, star.stamp, star.stamp.byX)
                + share(window, star.stamp, star.stamp.byY));
    return Math.min(star.flux, share * fluxVariance / star.flux);
  }

  /** Σ w² V D² / Σ w D²: how much of the noise under the star's flanks is not its own. */
  private static double share(PixelWindow window, Stamp stamp, double[] derivative) {
    double above = 0;
    double below = 0;
    for (int j = 0; j < stamp.height; j++) {
      int at = (stamp.y0 - window.y0 + j) * window.stride + stamp.x0 - window.x0;
      for (int i = 0; i < stamp.width; i++) {
        double d = derivative[j * stamp.stride + i];
        double information = window.weight[at + i] * d * d;
        below += information;
        above += information * window.weight[at + i] * window.variance[at + i];
      }
    }
    return below > 0 ? above / below : 0;
  }
}
