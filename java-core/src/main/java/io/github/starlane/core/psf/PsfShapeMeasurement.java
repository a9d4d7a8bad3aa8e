package io.github.starlane.core.psf;

import java.util.EnumSet;
import java.util.Set;

/** Measures the {@link PsfShape} of a PSF at one place. */
final class PsfShapeMeasurement {
  private static final double UNDERSAMPLED_FWHM = 2;
  private static final double ELONGATED = 0.3;
  private static final int FEW_STARS = 25;

  /** A ring's middle is darker than its ring by at least this fraction. */
  private static final double DARK = 0.15;

  /** A second peak below this fraction of the first does not make a PSF double. */
  private static final double SECOND_PEAK = 0.2;

  /** A peak rises by this fraction of the highest value, and so many σ of the model's noise. */
  private static final double PROMINENCE = 0.1;

  private static final double SIGNIFICANT = 5;

  private final int stars;
  private final double noise;

  /**
   * A measurement.
   *
   * @param stars that the PSF was built from
   * @param noise of the PSF as a fraction of its highest value
   */
  PsfShapeMeasurement(int stars, double noise) {
    this.stars = stars;
    this.noise = noise;
  }

  /** The shape of a PSF. */
  PsfShape measure(PsfGrid grid) {
    double[] profile = grid.radialProfile();
    double fwhm = fwhm(profile, grid.oversampling);
    double[] m = coreMoments(grid, fwhm);
    GaussianFit.Moments gaussian =
        GaussianFit.fit(grid, new GaussianFit.Moments(m[2], m[3], m[4]), 1.5 * fwhm);
    double[] axes = axes(m[2], m[3], m[4]);
    double[] gaussianAxes = axes(gaussian.xx(), gaussian.yy(), gaussian.xy());
    double highest = grid.highest();
    LocalMaxima maxima = LocalMaxima.of(grid, highest * Math.max(PROMINENCE, SIGNIFICANT * noise));
    double ellipticity = 1 - axes[1] / axes[0];
    return new PsfShape(
        fwhm,
        m[2],
        m[3],
        m[4],
        ellipticity,
        axes[2],
        sumOfSquares(grid),
        grid.centre(),
        maxima.count(),
        maxima.ratio(),
        maxima.distance(),
        gaussianAxes[0] * PsfBuilder.FWHM_PER_SIGMA,
        gaussianAxes[1] * PsfBuilder.FWHM_PER_SIGMA,
        gaussianAxes[2],
        flags(fwhm, ellipticity, profile, maxima));
  }

  private Set<PsfFlag> flags(
      double fwhm, double ellipticity, double[] profile, LocalMaxima maxima) {
    EnumSet<PsfFlag> flags = EnumSet.noneOf(PsfFlag.class);
    double ring = 0;
    for (double v : profile) {
      ring = Math.max(ring, v);
    }
    boolean donut = profile[0] < (1 - Math.max(DARK, SIGNIFICANT * noise)) * ring;
    boolean apart = maxima.count() > 1 && maxima.ratio() > SECOND_PEAK;
    // Two equal peaks are dark in the middle too, but no ring goes around it.
    boolean twofold = apart && maxima.count() == 2 && ellipticity > ELONGATED;
    set(flags, PsfFlag.UNDERSAMPLED, fwhm < UNDERSAMPLED_FWHM);
    set(flags, PsfFlag.ELONGATED, ellipticity > ELONGATED);
    set(flags, PsfFlag.DONUT, donut && !twofold);
    set(flags, PsfFlag.DOUBLE, apart && (twofold || !donut));
    set(flags, PsfFlag.FEW_STARS, stars > 0 && stars < FEW_STARS);
    set(flags, PsfFlag.ASSUMED, stars == 0);
    return Set.copyOf(flags);
  }

  private static void set(EnumSet<PsfFlag> flags, PsfFlag flag, boolean holds) {
    if (holds) {
      flags.add(flag);
    }
  }

  /** σ of the window for second moments of a PSF of some width [pixel]. */
  static double window(double fwhm) {
    return Math.max(1, fwhm / PsfBuilder.FWHM_PER_SIGMA);
  }

  /** Moments in a window as wide as the PSF. */
  private static double[] coreMoments(PsfGrid grid, double fwhm) {
    return grid.moments(window(fwhm));
  }

  /** {a, b, angle in degrees} of an ellipse of second moments. */
  private static double[] axes(double xx, double yy, double xy) {
    double mean = (xx + yy) / 2;
    double difference = Math.hypot((xx - yy) / 2, xy);
    return new double[] {
      Math.sqrt(mean + difference),
      Math.sqrt(Math.max(0, mean - difference)),
      Math.toDegrees(0.5 * Math.atan2(2 * xy, xx - yy))
    };
  }

  /** Outermost radius of half the highest mean over angles, doubled [pixel]. */
  private static double fwhm(double[] profile, int oversampling) {
    double half = 0;
    for (double v : profile) {
      half = Math.max(half, v / 2);
    }
    for (int k = profile.length - 1; k > 0; k--) {
      if (profile[k - 1] > half) {
        double fraction = (profile[k - 1] - half) / (profile[k - 1] - profile[k]);
        return 2 * (k - 1 + Math.min(1, fraction)) / oversampling;
      }
    }
    return 2.0 * profile.length / oversampling;
  }

  private static double sumOfSquares(PsfGrid grid) {
    double squares = 0;
    int half = grid.size / 2;
    for (int j = half % grid.oversampling; j < grid.size; j += grid.oversampling) {
      for (int i = half % grid.oversampling; i < grid.size; i += grid.oversampling) {
        squares += grid.values[j * grid.size + i] * grid.values[j * grid.size + i];
      }
    }
    return squares;
  }
}
