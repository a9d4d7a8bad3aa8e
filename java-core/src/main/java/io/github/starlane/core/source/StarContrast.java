package io.github.starlane.core.source;

import java.util.Arrays;

/**
 * How significantly light in the shape of the PSF stands out of a galaxy's smooth light. The noise
 * is that of the pixels and, over the area of the PSF, the scatter of the galaxy's own light around
 * its model, which real galaxies have.
 */
final class StarContrast {
  /** Relative scatter of the light of galaxies around their models, at least. */
  private static final double LEAST_ROUGHNESS = 0.15;

  /** The scatter is measured inside of so many times the ellipse. */
  private static final double INNER = 2;

  /** Median of the square of a normal deviate. */
  private static final double MEDIAN_SQUARE = 0.455;

  private final Cutout light;
  private final GalaxyLight smooth;
  private final PsfPatch psf;
  private final double distance;
  private final double roughness;

  /**
   * A test.
   *
   * @param light of the galaxy and what may be on it
   * @param ellipse of the galaxy
   * @param smooth its light
   * @param psf at its place
   * @param distance light so near to a place is looked at [pixel]
   */
  StarContrast(
      Cutout light, SourceEllipse ellipse, GalaxyLight smooth, PsfPatch psf, double distance) {
    this.light = light;
    this.smooth = smooth;
    this.psf = psf;
    this.distance = distance;
    this.roughness = roughness(light, ellipse, smooth);
  }

  /** Relative scatter of a galaxy's light around its model, beyond that of the noise. */
  private static double roughness(Cutout light, SourceEllipse ellipse, GalaxyLight smooth) {
    double[] squares = new double[light.pixels()];
    double noise = 0;
    double sum = 0;
    int n = 0;
    for (int k = 0; k < squares.length; k++) {
      double squared = ellipse.squaredDistance(light.column(k), light.row(k));
      if (squared < INNER * INNER && light.isGood(k)) {
        double model = smooth.at(light.column(k), light.row(k));
        squares[n++] = Math.pow(light.light(k) - model, 2);
        noise += light.variance(k);
        sum += model * model;
      }
    }
    Arrays.sort(squares, 0, n);
    double median = n > 0 ? squares[n / 2] / MEDIAN_SQUARE : 0;
    double excess = (median * n - noise) / sum;
    return Math.max(LEAST_ROUGHNESS, excess > 0 ? Math.sqrt(excess) : 0);
  }

  /**
   * Light at a place above the model in σ: the lesser of what the PSF alone sees and of what it
   * sees with a constant beside it, which takes up what the model misses.
   */
  double at(double x, double y) {
    int[] near = light.within(x, y, distance);
    double[] p = new double[near.length];
    double mean = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = psf.at(light.column(near[i]) - x, light.row(near[i]) - y);
      mean += p[i] / p.length;
    }
    return Math.min(significance(near, p, 0), significance(near, p, mean));
  }

  private double significance(int[] pixels, double[] p, double mean) {
    double sum = 0;
    double model = 0;
    double noise = 0;
    for (int i = 0; i < p.length; i++) {
      int k = pixels[i];
      double expected = smooth.at(light.column(k), light.row(k));
      sum += (p[i] - mean) * (light.light(k) - expected);
      model += (p[i] - mean) * Math.max(0, expected);
      noise += (p[i] - mean) * (p[i] - mean) * light.variance(k);
    }
    return sum / Math.sqrt(noise + Math.pow(roughness * model, 2));
  }
}
