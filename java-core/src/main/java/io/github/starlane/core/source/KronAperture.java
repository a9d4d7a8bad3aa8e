package io.github.starlane.core.source;

/**
 * The flux in an elliptical aperture whose size is set by the light's own first moment (Kron 1980,
 * ApJS 43, 305), as SExtractor's FLUX_AUTO (Bertin & Arnouts 1996, A&AS 117, 393).
 *
 * <pre>
 *   r₁ = Σ m I / Σ I for m < M,   K = clamp(2.5 r₁, 3.5, max(8, M)),   flux = Σ o I for m < K
 * </pre>
 *
 * <p>with m the distance in units of the ellipse and o the fraction of a pixel inside, by 5 × 5
 * points; M = 6 or where the light is no longer seen, if that is farther out. Of an exponential
 * disc the aperture holds about 96 %, of a de Vaucouleurs profile about 90 %. Bad pixels are to be
 * completed beforehand ({@link Cutout#completed}).
 */
final class KronAperture {
  private static final double LEAST_REACH = 6;
  private static final double FACTOR = 2.5;
  private static final double LEAST = 3.5;

  /** Beyond this noise decides, unless light is seen there. */
  private static final double MOST = 8;

  private static final int POINTS = 5;

  private KronAperture() {}

  /**
   * A flux.
   *
   * @param flux in the aperture [image unit]
   * @param error 1 σ
   * @param radius K: size of the aperture in units of the ellipse
   */
  record Flux(double flux, double error, double radius) {}

  /**
   * Measures.
   *
   * @param extent the light is seen so far out, in units of the ellipse
   * @param gain electrons per image unit, for the source's own noise
   */
  static Flux measure(Cutout cutout, SourceEllipse ellipse, double extent, double gain) {
    double reach = Math.max(LEAST_REACH, extent);
    double moment = 0;
    double light = 0;
    for (int k = 0; k < cutout.pixels(); k++) {
      double m = Math.sqrt(ellipse.squaredDistance(cutout.column(k), cutout.row(k)));
      if (m < reach) {
        moment += m * cutout.light(k);
        light += cutout.light(k);
      }
    }
    double kron = light > 0 ? FACTOR * moment / light : LEAST;
    double radius = Math.clamp(kron, LEAST, Math.max(MOST, extent));
    double flux = 0;
    double variance = 0;
    for (int k = 0; k < cutout.pixels(); k++) {
      double inside = overlap(ellipse, cutout.column(k), cutout.row(k), radius);
      if (inside > 0 && cutout.isGood(k)) {
        double own = Math.max(0, cutout.light(k)) / gain;
        flux += inside * cutout.light(k);
        variance += inside * inside * (cutout.variance(k) + own);
      }
    }
    return new Flux(flux, Math.sqrt(variance), radius);
  }

  /** Fraction of a pixel inside of the ellipse. */
  private static double overlap(SourceEllipse e, int column, int row, double radius) {
    double centre = Math.sqrt(e.squaredDistance(column, row));
    // A pixel's corner is at most 0.71 pixel away.
    double margin = 0.71 / e.minor();
    if (centre <= radius - margin) {
      return 1;
    }
    if (centre >= radius + margin) {
      return 0;
    }
    int inside = 0;
    for (int j = 0; j < POINTS; j++) {
      for (int i = 0; i < POINTS; i++) {
        double x = column + (i + 0.5) / POINTS - 0.5;
        double y = row + (j + 0.5) / POINTS - 0.5;
        inside += e.squaredDistance(x, y) < radius * radius ? 1 : 0;
      }
    }
    return inside / (double) (POINTS * POINTS);
  }
}
