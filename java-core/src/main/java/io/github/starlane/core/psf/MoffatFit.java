package io.github.starlane.core.psf;

/**
 * Finds the Moffat profile that a mean radial profile of stars shows: width and exponent by trial,
 * amplitude and sky by least squares.
 */
final class MoffatFit {
  private static final double[] EXPONENTS = {1.8, 2.1, 2.5, 3, 3.6, 4.5, 6, 10};
  private static final int SUB = 5;

  /**
   * The best trial.
   *
   * @param scale factor on the width of the first guess
   * @param beta exponent
   */
  record Shape(double scale, double beta) {}

  private MoffatFit() {}

  /**
   * Fits.
   *
   * @param radius of each bin [pixel]
   * @param value mean of each bin, in any unit
   * @param weight inverse variance of each bin; 0 for empty ones
   * @param fwhm of the first guess, without the pixel [pixel]
   */
  static Shape fit(double[] radius, double[] value, double[] weight, double fwhm) {
    Shape coarse = best(radius, value, weight, fwhm, 0.6, 1.4, 0.02);
    return best(radius, value, weight, fwhm, coarse.scale() - 0.02, coarse.scale() + 0.02, 0.002);
  }

  private static Shape best(
      double[] radius,
      double[] value,
      double[] weight,
      double fwhm,
      double from,
      double to,
      double step) {
    Shape best = new Shape(1, 3);
    double bestChi = Double.POSITIVE_INFINITY;
    for (double beta : EXPONENTS) {
      for (double scale = from; scale <= to; scale += step) {
        double chi = chiSquare(radius, value, weight, scale * fwhm, beta);
        if (chi < bestChi) {
          bestChi = chi;
          best = new Shape(scale, beta);
        }
      }
    }
    return best;
  }

  private static double chiSquare(
      double[] radius, double[] value, double[] weight, double fwhm, double beta) {
    double alpha2 = fwhm * fwhm / 4 / (Math.pow(2, 1 / beta) - 1);
    double sw = 0;
    double sm = 0;
    double smm = 0;
    double sv = 0;
    double svm = 0;
    double svv = 0;
    for (int k = 0; k < radius.length; k++) {
      double m = weight[k] > 0 ? pixel(radius[k], alpha2, beta) : 0;
      sw += weight[k];
      sm += weight[k] * m;
      smm += weight[k] * m * m;
      sv += weight[k] * value[k];
      svm += weight[k] * value[k] * m;
      svv += weight[k] * value[k] * value[k];
    }
    double determinant = sw * smm - sm * sm;
    double amplitude = (sw * svm - sm * sv) / determinant;
    double sky = (smm * sv - sm * svm) / determinant;
    return svv - amplitude * svm - sky * sv;
  }

  /** Mean of the profile over a pixel at a distance along a diagonal-free direction. */
  private static double pixel(double r, double alpha2, double beta) {
    double sum = 0;
    for (int v = 0; v < SUB; v++) {
      for (int u = 0; u < SUB; u++) {
        double x = r + (u + 0.5) / SUB - 0.5;
        double y = (v + 0.5) / SUB - 0.5;
        sum += Math.pow(1 + (x * x + y * y) / alpha2, -beta);
      }
    }
    return sum / (SUB * SUB);
  }
}
