package io.github.starlane.core.source;

import java.util.Arrays;

/**
 * The light of a galaxy not much larger than the PSF: concentric elliptical Gaussians of the same
 * shape and of several sizes, convolved with the PSF, with fluxes that are not negative. So the
 * light always falls outwards, which two stars do not.
 *
 * <p>The shape is that of the moments less those of the PSF. The convolution is a sum of PSFs at
 * points on ellipses.
 */
final class CompactGalaxy implements GalaxyLight {
  /** Sizes of the Gaussians in units of the intrinsic ellipse. */
  private static final double[] SIZES = {0, 0.35, 0.7, 1.2, 2};

  /** Galaxies are hardly ever thinner. */
  private static final double LEAST_AXIS_RATIO = 0.25;

  /**
   * The moments of a thin galaxy's inner part make it too thick: the minor axis is also tried
   * smaller by this factor.
   */
  private static final double THINNER = 0.65;

  private static final double ROUND = 0.5;
  private static final double LEAST_SIGMA = 0.25;

  /** Points on an ellipse, and ellipses, are at most so far from each other [FWHM]. */
  private static final double POINT_DISTANCE = 0.7;

  private static final int SWEEPS = 300;

  private final int left;
  private final int bottom;
  private final int width;
  private final double[] values;
  private final int components;
  private final double chiSquare;

  private CompactGalaxy(Cutout cutout, double[] values, int components, double chiSquare) {
    this.chiSquare = chiSquare;
    this.left = cutout.column(0);
    this.bottom = cutout.row(0);
    this.width = cutout.column(cutout.pixels() - 1) - left + 1;
    this.values = values;
    this.components = components;
  }

  /**
   * Fits.
   *
   * @param ellipse of the light
   * @param point ellipse that a star has
   * @param psf at this place
   * @param fwhm of the PSF [pixel]
   */
  static CompactGalaxy fit(
      Cutout cutout, SourceEllipse ellipse, SourceEllipse point, PsfPatch psf, double fwhm) {
    CompactGalaxy fit = fit(cutout, intrinsic(ellipse, point, 1), psf, fwhm);
    SourceEllipse thin = intrinsic(ellipse, point, THINNER);
    if (thin.minor() > ROUND * thin.major()) {
      return fit;
    }
    CompactGalaxy thinner = fit(cutout, thin, psf, fwhm);
    return thinner.chiSquare < fit.chiSquare ? thinner : fit;
  }

  private static CompactGalaxy fit(
      Cutout cutout, SourceEllipse intrinsic, PsfPatch psf, double fwhm) {
    double[][] basis = basis(cutout, intrinsic, psf, fwhm);
    int n = basis.length;
    double[][] matrix = new double[n][n];
    double[] right = new double[n];
    for (int k = 0; k < cutout.pixels(); k++) {
      if (cutout.isGood(k)) {
        double weight = 1 / cutout.variance(k);
        for (int i = 0; i < n; i++) {
          right[i] += weight * basis[i][k] * cutout.light(k);
          for (int j = 0; j <= i; j++) {
            matrix[i][j] += weight * basis[i][k] * basis[j][k];
            matrix[j][i] = matrix[i][j];
          }
        }
      }
    }
    double[] flux = notNegative(matrix, right);
    double[] values = new double[cutout.pixels()];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < values.length; k++) {
        values[k] += flux[i] * basis[i][k];
      }
    }
    double chiSquare = 0;
    for (int k = 0; k < values.length; k++) {
      chiSquare += Math.pow(cutout.light(k) - values[k], 2) / cutout.variance(k);
    }
    int components = (int) Arrays.stream(flux).filter(f -> f > 0).count();
    return new CompactGalaxy(cutout, values, components, chiSquare);
  }

  /** The ellipse before the PSF, not too thin. */
  private static SourceEllipse intrinsic(
      SourceEllipse ellipse, SourceEllipse point, double thinner) {
    SourceEllipse difference =
        new SourceEllipse(
            ellipse.x(),
            ellipse.y(),
            ellipse.xx() - point.xx(),
            ellipse.yy() - point.yy(),
            ellipse.xy() - point.xy());
    double mean = (difference.xx() + difference.yy()) / 2;
    double half = Math.hypot((difference.xx() - difference.yy()) / 2, difference.xy());
    double major = Math.sqrt(Math.max(LEAST_SIGMA * LEAST_SIGMA, mean + half));
    double minor =
        Math.max(LEAST_AXIS_RATIO * major, thinner * Math.sqrt(Math.max(0, mean - half)));
    double cos = Math.cos(difference.angle());
    double sin = Math.sin(difference.angle());
    double a2 = major * major;
    double b2 = minor * minor;
    return new SourceEllipse(
        ellipse.x(),
        ellipse.y(),
        a2 * cos * cos + b2 * sin * sin,
        a2 * sin * sin + b2 * cos * cos,
        (a2 - b2) * sin * cos);
  }

  /** Each Gaussian with unit flux, convolved. */
  private static double[][] basis(Cutout cutout, SourceEllipse e, PsfPatch psf, double fwhm) {
    double[][] basis = new double[SIZES.length][cutout.pixels()];
    double[] total = new double[SIZES.length];
    double step = Math.min(0.35, POINT_DISTANCE * fwhm / e.major());
    double outer = 2.5 * SIZES[SIZES.length - 1];
    double[] ring = new double[cutout.pixels()];
    // Ellipses grow apart outwards, where nothing is sharp.
    for (double m = 0; m < outer; m += step * Math.max(1, m / 2)) {
      drawRing(cutout, e, m, psf, POINT_DISTANCE * fwhm * Math.max(1, m / 2), ring);
      double area = m == 0 ? step / 8 : m * Math.max(1, m / 2);
      for (int i = 0; i < SIZES.length; i++) {
        double z = SIZES[i] > 0 ? m / SIZES[i] : m > 0 ? 99 : 0;
        double share = z < 3 ? area * Math.exp(-0.5 * z * z) : 0;
        total[i] += share;
        for (int k = 0; k < ring.length && share > 0; k++) {
          basis[i][k] += share * ring[k];
        }
      }
    }
    for (int i = 0; i < SIZES.length; i++) {
      for (int k = 0; k < ring.length; k++) {
        basis[i][k] /= total[i];
      }
    }
    return basis;
  }

  /** PSFs at points on an ellipse, of unit flux together. */
  private static void drawRing(
      Cutout cutout, SourceEllipse e, double m, PsfPatch psf, double distance, double[] ring) {
    Arrays.fill(ring, 0);
    double cos = Math.cos(e.angle());
    double sin = Math.sin(e.angle());
    int points = m == 0 ? 1 : Math.max(6, (int) Math.ceil(2 * Math.PI * m * e.major() / distance));
    for (int p = 0; p < points; p++) {
      double t = 2 * Math.PI * (p + 0.5) / points;
      double along = m * e.major() * Math.cos(t);
      double across = m * e.minor() * Math.sin(t);
      double x = e.x() + cos * along - sin * across;
      double y = e.y() + sin * along + cos * across;
      cutout.addTo(ring, psf, x, y, 1.0 / points);
    }
  }

  /** Least squares without negative values, by descent along one coordinate after the other. */
  private static double[] notNegative(double[][] matrix, double[] right) {
    int n = right.length;
    double[] solution = new double[n];
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 0; i < n; i++) {
        double rest = right[i];
        for (int j = 0; j < n; j++) {
          rest -= j == i ? 0 : matrix[i][j] * solution[j];
        }
        solution[i] = matrix[i][i] > 0 ? Math.max(0, rest / matrix[i][i]) : 0;
      }
    }
    return solution;
  }

  @Override
  public double at(int column, int row) {
    int i = column - left;
    int j = row - bottom;
    boolean inside = i >= 0 && j >= 0 && i < width && j < values.length / width;
    return inside ? values[j * width + i] : 0;
  }

  @Override
  public int parameters() {
    return 5 + components;
  }
}
