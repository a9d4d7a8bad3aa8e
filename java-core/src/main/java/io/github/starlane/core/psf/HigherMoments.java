package io.github.starlane.core.psf;

import java.util.Arrays;

/**
 * Moments of a star in an elliptical Gaussian window that has its own second moments (Bernstein
 * &amp; Jarvis 2002, AJ 123, 583, section 3.1), and those of third and fourth order in coordinates
 * u, v in which the star is round and of unit size, M_pq = Σ w I u^p v^q / Σ w I (Zhang, Mandelbaum
 * et al. 2023, MNRAS 520, 2328, equation 2).
 */
final class HigherMoments {
  /** The window ends at so many σ. */
  private static final double REACH = 4;

  /** Beyond so many σ a missing pixel does no harm. */
  private static final double HARMLESS = 2.5;

  /** A window whose σ is more of the stamp's edge has lost the star. */
  private static final double LARGEST = 0.2;

  private static final int ROUNDS = 40;
  private static final double TOLERANCE = 3e-4;

  private final float[] pixels;
  private final int start;
  private final int size;
  private final double sky;
  private double x;
  private double y;
  private double xx;
  private double yy;
  private double xy;

  /**
   * Moments of a square stamp.
   *
   * @param start index of its first pixel
   * @param size of its edge
   * @param sky level to be taken off
   */
  HigherMoments(float[] pixels, int start, int size, double sky) {
    this.pixels = pixels;
    this.start = start;
    this.size = size;
    this.sky = sky;
  }

  /**
   * Lets the window settle on the star.
   *
   * @param startX column in the stamp [pixel]
   * @param startY row
   * @param sigma of the first window
   * @return whether it did
   */
  boolean settle(double startX, double startY, double sigma) {
    x = startX;
    y = startY;
    xx = sigma * sigma;
    yy = xx;
    xy = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double[] m = sums(2);
      double dx = 2 * m[1];
      double dy = 2 * m[2];
      double before = xx + yy;
      double change = Math.abs(2 * m[3] - xx) + Math.abs(2 * m[5] - yy) + Math.abs(2 * m[4] - xy);
      x += dx;
      y += dy;
      xx = 2 * m[3];
      xy = 2 * m[4];
      yy = 2 * m[5];
      boolean sound = m[0] > 0 && xx > 0 && yy > 0 && xx * yy > xy * xy;
      boolean stays = Math.hypot(x - startX, y - startY) < 2 * sigma;
      if (!sound || !stays || Math.max(xx, yy) > Math.pow(LARGEST * size, 2)) {
        return false;
      }
      if (change < TOLERANCE * before && dx * dx + dy * dy < TOLERANCE * TOLERANCE * before) {
        return true;
      }
    }
    return false;
  }

  double xx() {
    return xx;
  }

  double yy() {
    return yy;
  }

  double xy() {
    return xy;
  }

  /**
   * {M30, M21, M12, M03, M40, M31, M22, M13, M04} in the settled window; NaN where a pixel is
   * missing.
   */
  double[] higher() {
    double[] all = sums(4);
    return Arrays.copyOfRange(all, 6, 15);
  }

  /**
   * Weighted means up to an order: {1, x, y, xx, xy, yy} in pixels, then the higher ones in round
   * coordinates.
   */
  private double[] sums(int order) {
    double determinant = xx * yy - xy * xy;
    double a = yy / determinant;
    double b = xx / determinant;
    double c = -xy / determinant;
    // The symmetric square root of the inverse covariance.
    double root = 1 / Math.sqrt(determinant);
    double scale = 1 / Math.sqrt(a + b + 2 * root);
    double[] sums = new double[order == 2 ? 6 : 15];
    double reachX = REACH * Math.sqrt(xx);
    double reachY = REACH * Math.sqrt(yy);
    int j1 = (int) Math.min(size - 1, Math.floor(y + reachY));
    int i1 = (int) Math.min(size - 1, Math.floor(x + reachX));
    for (int j = (int) Math.max(0, Math.ceil(y - reachY)); j <= j1; j++) {
      double dy = j - y;
      for (int i = (int) Math.max(0, Math.ceil(x - reachX)); i <= i1; i++) {
        double dx = i - x;
        double r2 = a * dx * dx + b * dy * dy + 2 * c * dx * dy;
        if (r2 > REACH * REACH) {
          continue;
        }
        float pixel = pixels[start + j * size + i];
        if (!Float.isNaN(pixel)) {
          double w = Math.exp(-0.5 * r2) * (pixel - sky);
          addLow(sums, w, dx, dy);
          if (order > 2) {
            addHigh(
                sums, w, scale * ((a + root) * dx + c * dy), scale * (c * dx + (b + root) * dy));
          }
        } else if (r2 < HARMLESS * HARMLESS) {
          sums[0] = Double.NaN;
        }
      }
    }
    for (int k = 1; k < sums.length; k++) {
      sums[k] /= sums[0];
    }
    return sums;
  }

  private static void addLow(double[] sums, double w, double dx, double dy) {
    sums[0] += w;
    sums[1] += w * dx;
    sums[2] += w * dy;
    sums[3] += w * dx * dx;
    sums[4] += w * dx * dy;
    sums[5] += w * dy * dy;
  }

  private static void addHigh(double[] sums, double w, double u, double v) {
    double uu = u * u;
    double vv = v * v;
    sums[6] += w * uu * u;
    sums[7] += w * uu * v;
    sums[8] += w * u * vv;
    sums[9] += w * vv * v;
    sums[10] += w * uu * uu;
    sums[11] += w * uu * u * v;
    sums[12] += w * uu * vv;
    sums[13] += w * u * v * vv;
    sums[14] += w * vv * vv;
  }
}
