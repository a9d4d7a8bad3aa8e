package io.github.starlane.testdata;

/** Gauss–Legendre quadrature of a PSF over the unit square of a pixel. */
final class PixelQuadrature {
  // Abramowitz & Stegun (1964), table 25.4, scaled to the interval −½ … ½.
  private static final double[] NODES_2 = {-0.28867513459481287, 0.28867513459481287};
  private static final double[] WEIGHTS_2 = {0.5, 0.5};
  private static final double[] NODES_4 = {
    -0.4305681557970263, -0.16999052179242813, 0.16999052179242813, 0.4305681557970263
  };
  private static final double[] WEIGHTS_4 = {
    0.17392742256872692, 0.32607257743127305, 0.32607257743127305, 0.17392742256872692
  };

  private PixelQuadrature() {}

  /** How many nodes per axis a pixel needs at a given squared distance from the star. */
  static int nodes(PointSpreadFunction psf, double distance2) {
    double core = Math.max(4.5, 1.8 * psf.fwhm());
    if (distance2 < core * core) {
      return 4;
    }
    double wing = Math.max(14, 5 * psf.fwhm());
    return distance2 < wing * wing ? 2 : 1;
  }

  static double integrate(PointSpreadFunction psf, double dx, double dy, int count) {
    Ellipse ellipse = psf.ellipse();
    if (count == 1) {
      return psf.density(ellipse.radius2(dx, dy));
    }
    double[] nodes = count == 4 ? NODES_4 : NODES_2;
    double[] weights = count == 4 ? WEIGHTS_4 : WEIGHTS_2;
    double sum = 0;
    for (int j = 0; j < count; j++) {
      double y = dy + nodes[j];
      double row = 0;
      for (int i = 0; i < count; i++) {
        row += weights[i] * psf.density(ellipse.radius2(dx + nodes[i], y));
      }
      sum += weights[j] * row;
    }
    return sum;
  }

  static void integrateWithGradient(
      PointSpreadFunction psf, double dx, double dy, double[] result) {
    Ellipse ellipse = psf.ellipse();
    int count = Math.max(2, nodes(psf, dx * dx + dy * dy));
    double[] nodes = count == 4 ? NODES_4 : NODES_2;
    double[] weights = count == 4 ? WEIGHTS_4 : WEIGHTS_2;
    double flux = 0;
    double byX = 0;
    double byY = 0;
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < count; i++) {
        double x = dx + nodes[i];
        double y = dy + nodes[j];
        double weight = weights[i] * weights[j];
        double radius2 = ellipse.radius2(x, y);
        double slope = -2 * weight * psf.densitySlope(radius2);
        flux += weight * psf.density(radius2);
        byX += slope * (ellipse.xx() * x + ellipse.xy() * y);
        byY += slope * (ellipse.xy() * x + ellipse.yy() * y);
      }
    }
    result[0] = flux;
    result[1] = byX;
    result[2] = byY;
  }
}
