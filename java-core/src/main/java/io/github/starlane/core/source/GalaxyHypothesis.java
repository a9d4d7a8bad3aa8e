package io.github.starlane.core.source;

import java.util.Arrays;

/**
 * A galaxy, the stars that were fitted in its place, or a pair of stars that was taken for one
 * source: which of them explains the light best? Compared are χ² plus twice the number of
 * parameters (Akaike 1974), plus the improbability of so many stars so near to each other, with a
 * relative error of {@value #MODEL_ERROR} of the models.
 */
final class GalaxyHypothesis {
  /** χ² is that of the pixels inside of so many times the ellipse. */
  private static final double COMPARED = 3;

  private static final double MODEL_ERROR = 0.05;
  private static final int STAR_PARAMETERS = 3;

  /** Of a galaxy: its ellipse, and fluxes of parts. */
  private static final int LEAST_PARAMETERS = 8;

  /** Separations of pairs that may be found as one source [FWHM], and ratios of their fluxes. */
  private static final double[] SEPARATIONS = {0.35, 0.5, 0.65, 0.8, 0.95, 1.1};

  private static final double[] RATIOS = {1, 0.6, 0.35};

  /** Unless a galaxy is resolved along both axes, its χ² per pixel may not be larger. */
  private static final double BAD_FIT = 3;

  private static final double RESOLVED = 1.4;

  private final Cutout light;
  private final SourceEllipse ellipse;
  private final int[] pixels;
  private final double[] weight;

  /**
   * A choice to be made.
   *
   * @param light with all sources in question
   * @param ellipse of that light
   * @param smooth model of the galaxy
   */
  GalaxyHypothesis(Cutout light, SourceEllipse ellipse, GalaxyLight smooth) {
    this.light = light;
    this.ellipse = ellipse;
    int[] near = light.within(ellipse.x(), ellipse.y(), COMPARED * ellipse.major());
    int n = 0;
    for (int k : near) {
      double distance = ellipse.squaredDistance(light.column(k), light.row(k));
      if (distance < COMPARED * COMPARED) {
        near[n++] = k;
      }
    }
    pixels = Arrays.copyOf(near, n);
    weight = new double[n];
    for (int i = 0; i < n; i++) {
      double model = smooth.at(light.column(pixels[i]), light.row(pixels[i]));
      weight[i] = 1 / (light.variance(pixels[i]) + Math.pow(MODEL_ERROR * model, 2));
    }
  }

  /**
   * Whether the galaxy is the best explanation.
   *
   * @param left what the stars leave over in the same window
   * @param stars how many they are
   * @param chance probability of another star so near
   * @param psf of the place
   * @param point ellipse of a star
   * @param fwhm of the PSF [pixel]
   */
  boolean isGalaxy(
      GalaxyLight smooth,
      Cutout left,
      int stars,
      double chance,
      PsfPatch psf,
      SourceEllipse point,
      double fwhm) {
    double galaxy = 0;
    double rest = 0;
    for (int i = 0; i < pixels.length; i++) {
      int k = pixels[i];
      double miss = light.light(k) - smooth.at(light.column(k), light.row(k));
      galaxy += weight[i] * miss * miss;
      rest += weight[i] * left.light(k) * left.light(k);
    }
    boolean resolved = ellipse.minor() > RESOLVED * point.minor();
    if (!resolved && galaxy > BAD_FIT * pixels.length) {
      return false;
    }
    double asGalaxy = galaxy + 2 * smooth.parameters();
    if (asGalaxy >= rest + ofStars(stars, chance)) {
      return false;
    }
    return stars > 1 || asGalaxy < pair(psf, fwhm) + ofStars(2, chance);
  }

  /**
   * Whether the stars explain the light as well as a galaxy could that leaves nothing but noise.
   *
   * @param left what the stars leave over
   * @param light the same with all of the stars
   * @param stars how many they are
   * @param chance probability of another star so near
   */
  static boolean areStars(
      Cutout left, Cutout light, SourceEllipse ellipse, int stars, double chance) {
    double rest = 0;
    int n = 0;
    for (int k : left.within(ellipse.x(), ellipse.y(), COMPARED * ellipse.major())) {
      if (ellipse.squaredDistance(left.column(k), left.row(k)) < COMPARED * COMPARED) {
        double noise = left.variance(k) + Math.pow(MODEL_ERROR * light.light(k), 2);
        rest += left.light(k) * left.light(k) / noise;
        n++;
      }
    }
    return rest + ofStars(stars, chance) < n - Math.sqrt(2.0 * n) + 2 * LEAST_PARAMETERS;
  }

  /** What is to be added to the χ² of stars. */
  private static double ofStars(int stars, double chance) {
    return 2 * STAR_PARAMETERS * stars - 2 * Math.log(chance) * (stars - 1);
  }

  /** χ² of the best pair of stars along the major axis around the same centre. */
  private double pair(PsfPatch psf, double fwhm) {
    double best = Double.POSITIVE_INFINITY;
    for (double separation : SEPARATIONS) {
      for (double ratio : RATIOS) {
        double near = separation * fwhm * ratio / (1 + ratio);
        double far = separation * fwhm - near;
        best = Math.min(best, pair(psf, near, -far));
        best = Math.min(best, pair(psf, -near, far));
      }
    }
    return best;
  }

  /** χ² of two stars at these distances from the centre along the major axis. */
  private double pair(PsfPatch psf, double first, double second) {
    double cos = Math.cos(ellipse.angle());
    double sin = Math.sin(ellipse.angle());
    double pp = 0;
    double pq = 0;
    double qq = 0;
    double pl = 0;
    double ql = 0;
    double ll = 0;
    for (int i = 0; i < pixels.length; i++) {
      double dx = light.column(pixels[i]) - ellipse.x();
      double dy = light.row(pixels[i]) - ellipse.y();
      double p = psf.at(dx - first * cos, dy - first * sin);
      double q = psf.at(dx - second * cos, dy - second * sin);
      double l = light.light(pixels[i]);
      pp += weight[i] * p * p;
      pq += weight[i] * p * q;
      qq += weight[i] * q * q;
      pl += weight[i] * p * l;
      ql += weight[i] * q * l;
      ll += weight[i] * l * l;
    }
    double determinant = pp * qq - pq * pq;
    double f = (qq * pl - pq * ql) / determinant;
    double g = (pp * ql - pq * pl) / determinant;
    // Two stars, not one and what is missing of it.
    return f > 0 && g > 0 ? ll - f * pl - g * ql : Double.POSITIVE_INFINITY;
  }
}
