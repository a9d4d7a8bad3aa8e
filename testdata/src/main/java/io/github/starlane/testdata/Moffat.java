package io.github.starlane.testdata;

/** The profile {@code (β − 1)/(π α²) (1 + r²/α²)^−β} of Moffat (1969, A&amp;A 3, 455). */
public final class Moffat implements PointSpreadFunction {
  private final double fwhm;
  private final double beta;
  private final Ellipse ellipse;
  private final double alpha2;
  private final double peak;

  /** Twice β where that is a small integer (then no power function is needed), else 0. */
  private final int halves;

  /**
   * A Moffat profile.
   *
   * @param fwhm full width at half maximum [px]
   * @param beta exponent, &gt; 1
   * @param ellipse isophotes
   */
  public Moffat(double fwhm, double beta, Ellipse ellipse) {
    this.fwhm = fwhm;
    this.beta = beta;
    this.ellipse = ellipse;
    this.alpha2 = fwhm * fwhm / 4 / (Math.pow(2, 1 / beta) - 1);
    this.peak = (beta - 1) / (Math.PI * alpha2);
    this.halves = 2 * beta == Math.rint(2 * beta) && beta <= 6 ? (int) (2 * beta) : 0;
  }

  @Override
  public double fwhm() {
    return fwhm;
  }

  @Override
  public Ellipse ellipse() {
    return ellipse;
  }

  @Override
  public double density(double radius2) {
    return peak * power(1 + radius2 / alpha2);
  }

  @Override
  public double densitySlope(double radius2) {
    double base = 1 + radius2 / alpha2;
    return -beta / alpha2 * peak * power(base) / base;
  }

  /** {@code base^−β}. */
  private double power(double base) {
    if (halves == 0) {
      return Math.pow(base, -beta);
    }
    double product = (halves & 1) == 0 ? 1 : Math.sqrt(base);
    for (int i = halves >> 1; i > 0; i--) {
      product *= base;
    }
    return 1 / product;
  }

  @Override
  public double radiusLosing(double fraction) {
    return Math.sqrt(alpha2 * (Math.pow(fraction, 1 / (1 - beta)) - 1));
  }

  @Override
  public double radiusDimmerThan(double limit) {
    return limit >= peak ? 0 : Math.sqrt(alpha2 * (Math.pow(peak / limit, 1 / beta) - 1));
  }
}
