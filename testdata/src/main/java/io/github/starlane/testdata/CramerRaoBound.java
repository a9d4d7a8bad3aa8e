package io.github.starlane.testdata;

/**
 * The smallest standard deviations that any unbiased fit of flux and position can reach.
 *
 * <p>The Fisher matrix of the parameters θ = (flux, x, y) is {@code I_ab = Σ ∂m/∂θ_a ∂m/∂θ_b / V}
 * over the pixels, with m the expected electrons of the pixel and V its variance: light of the star
 * and the sky, dark current and read noise squared (Kay 1993, Estimation Theory, §3.9, for Poisson
 * counts). The background is taken as known. Fluxes are on the scale on which the response is 1;
 * the response at the star enters the noise.
 *
 * @param flux standard deviation of the flux [e⁻]
 * @param x standard deviation of the column [px]
 * @param y standard deviation of the row [px]
 */
public record CramerRaoBound(double flux, double x, double y) {
  /** Information from pixels farther out than this many FWHM is below 0.2 %. */
  private static final double RADIUS_FWHM = 5;

  /**
   * Noise around a star.
   *
   * @param sky sky light where the response is 1 [e⁻/px]
   * @param darkAndReadVariance dark current plus read noise squared [e⁻²/px]
   * @param response response of the chip around the star
   */
  public record Noise(double sky, double darkAndReadVariance, double response) {
    double variance(double starLight) {
      return (starLight + sky) / response + darkAndReadVariance / (response * response);
    }
  }

  /**
   * The bound for a star.
   *
   * @param psf image of the star
   * @param flux electrons where the response is 1
   * @param x column of the star [px]; only its fraction matters
   * @param y row of the star [px]
   * @param noise noise around the star
   */
  public static CramerRaoBound of(
      PointSpreadFunction psf, double flux, double x, double y, Noise noise) {
    double fracX = x - Math.rint(x);
    double fracY = y - Math.rint(y);
    int radius = (int) Math.ceil(RADIUS_FWHM * psf.fwhm());
    double[] fisher = new double[6];
    double[] pixel = new double[3];
    for (int j = -radius; j <= radius; j++) {
      for (int i = -radius; i <= radius; i++) {
        if (i * i + j * j <= radius * radius) {
          psf.pixelWithGradient(i - fracX, j - fracY, pixel);
          add(fisher, pixel, flux, 1 / noise.variance(flux * pixel[0]));
        }
      }
    }
    return invert(fisher);
  }

  private static void add(double[] fisher, double[] pixel, double flux, double weight) {
    double byX = flux * pixel[1];
    double byY = flux * pixel[2];
    fisher[0] += weight * pixel[0] * pixel[0];
    fisher[1] += weight * pixel[0] * byX;
    fisher[2] += weight * pixel[0] * byY;
    fisher[3] += weight * byX * byX;
    fisher[4] += weight * byX * byY;
    fisher[5] += weight * byY * byY;
  }

  /** Square roots of the diagonal of the inverse of (0 1 2; 1 3 4; 2 4 5). */
  private static CramerRaoBound invert(double[] f) {
    double c00 = f[3] * f[5] - f[4] * f[4];
    double c11 = f[0] * f[5] - f[2] * f[2];
    double c22 = f[0] * f[3] - f[1] * f[1];
    double c01 = f[1] * f[5] - f[2] * f[4];
    double c02 = f[1] * f[4] - f[2] * f[3];
    double det = f[0] * c00 - f[1] * c01 + f[2] * c02;
    return new CramerRaoBound(Math.sqrt(c00 / det), Math.sqrt(c11 / det), Math.sqrt(c22 / det));
  }
}
