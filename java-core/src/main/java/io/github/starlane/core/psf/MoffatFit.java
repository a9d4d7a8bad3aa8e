package io.github.starlane.core.psf;

/**
 * Finds the Moffat profile that a mean radial profile of stars shows: exponent by trial, width by
 * golden section, amplitude and sky by least squares.
 */
final class MoffatFit {
  private static final double[] EXPONENTS = {2, 2.5, 3, 3.5, 4.5, 6, 10};
  private static final double SMALLEST_SCALE = 0.6;
  private static final double LARGEST_SCALE = 1.5;
  private static final int STEPS = 14;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /** Nodes and weights of Gauss–Legendre quadrature over a pixel. */
  private static final double[] NODES = {-Math.sqrt(0.15), 0, Math.sqrt(0.15)};

  private static final double[] WEIGHTS = {5.0 / 18, 8.0 / 18, 5.0 / 18};

  private final double[] radius;
  private final double[] value;
  private final double[] weight;
  private final double fwhm;

  /**
   * The best profile.
   *
   * @param scale factor on the width of the first guess
   * @param beta exponent
   */
  record Shape(double scale, double beta) {}

  private MoffatFit(double[] radius, double[] value, double[] weight, double fwhm) {
    this.radius = radius;
    this.value = value;
    this.weight = weight;
    this.fwhm = fwhm;
  }

  /**
   * Fits.
   *
   * @param radius of each bin [pixel]
   * @param value mean of each bin, in any unit
   * @param weight inverse variance of each bin; 0 for empty ones
   * @param fwhm of the first guess, without the pixel [pixel]
   */
  static Shape fit(double[] radius, double[] value, double[] weight, double fwhm) {
    MoffatFit fit = new MoffatFit(radius, value, weight, fwhm);
    Shape best = new Shape(1, 3);
    double bestChi = Double.POSITIVE_INFINITY;
    for (double beta : EXPONENTS) {
      double scale = fit.bestScale(beta);
      double chi = fit.chiSquare(scale, beta);
      if (chi < bestChi) {
        bestChi = chi;
        best = new Shape(scale, beta);
      }
    }
    return best;
  }

  private double bestScale(double beta) {
    double low = SMALLEST_SCALE;
    double high = LARGEST_SCALE;
    double a = high - GOLDEN * (high - low);
    double b = low + GOLDEN * (high - low);
    double chiA = chiSquare(a, beta);
    double chiB = chiSquare(b, beta);
    for (int step = 0; step < STEPS; step++) {
      if (chiA < chiB) {
        high = b;
        b = a;
        chiB = chiA;
        a = high - GOLDEN * (high - low);
        chiA = chiSquare(a, beta);
      } else {
        low = a;
        a = b;
        chiA = chiB;
        b = low + GOLDEN * (high - low);
        chiB = chiSquare(b, beta);
      }
    }
    return (low + high) / 2;
  }

  private double chiSquare(double scale, double beta) {
    double alpha2 = Math.pow(scale * fwhm, 2) / 4 / (Math.pow(2, 1 / beta) - 1);
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

  /** Mean of the profile over a pixel at a distance along an axis. */
  private static double pixel(double r, double alpha2, double beta) {
    int twiceBeta = (int) Math.rint(2 * beta);
    double sum = 0;
    for (int v = 0; v < NODES.length; v++) {
      for (int u = 0; u < NODES.length; u++) {
        double x = r + NODES[u];
        double r2 = x * x + NODES[v] * NODES[v];
        sum += WEIGHTS[u] * WEIGHTS[v] * MoffatGrid.falling(1 + r2 / alpha2, twiceBeta);
      }
    }
    return sum;
  }
}
