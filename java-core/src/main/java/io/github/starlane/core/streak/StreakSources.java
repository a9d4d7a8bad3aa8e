package io.github.starlane.core.streak;

import java.util.List;

/**
 * Tells sources that are pieces of a streak from stars under it.
 *
 * <p>A PSF fitted to a line of flux λ per length measures F = λ ∫ P g / Σ P²; for a PSF and a
 * cross-section that are Gaussians of standard deviations p and s this is
 *
 * <pre>
 * F = 4π p² λ / √(2π (p² + s²))
 * </pre>
 *
 * <p>A source on a streak that is not brighter than twice this by more than its error is a piece of
 * it.
 */
public final class StreakSources {

  /** Pieces of a streak share its light unevenly. */
  private static final double BRIGHTER = 2;

  private static final double SIGNIFICANT = 3;
  private static final double FWHM_PER_SIGMA = 2 * Math.sqrt(2 * Math.log(2));

  private StreakSources() {}

  /**
   * Which sources are pieces of streaks.
   *
   * @param lines of light of all kinds, in the unit of the fluxes; only streaks count
   * @param x columns, 0-based
   * @param y rows, 0-based
   * @param flux of the PSF fits
   * @param fluxError their errors
   * @param psfFwhm of a point source [pixel]
   */
  public static boolean[] fragments(
      List<Streak> lines,
      double[] x,
      double[] y,
      double[] flux,
      double[] fluxError,
      double psfFwhm) {
    StreakMask mask = new StreakMask(lines);
    boolean[] result = new boolean[x.length];
    for (int i = 0; i < x.length; i++) {
      Streak streak = mask.streakAt(x[i], y[i]);
      // An unknown flux is no reason to keep a source.
      result[i] =
          streak != null
              && !(flux[i] - SIGNIFICANT * fluxError[i] > BRIGHTER * pieceOf(streak, psfFwhm));
    }
    return result;
  }

  /** Flux that a PSF fit measures on a streak. */
  static double pieceOf(Streak streak, double psfFwhm) {
    double p = psfFwhm / FWHM_PER_SIGMA;
    double s = streak.fwhm() / FWHM_PER_SIGMA;
    return 4 * Math.PI * p * p * streak.fluxPerLength() / Math.sqrt(2 * Math.PI * (p * p + s * s));
  }
}
