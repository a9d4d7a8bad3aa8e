package io.github.starlane.testdata;

/** The profile {@code exp(−r²/2σ²)/(2πσ²)}, σ = FWHM/√(8 ln 2). */
public final class Gaussian implements PointSpreadFunction {
  private final double fwhm;
  private final Ellipse ellipse;
  private final double variance;
  private final double peak;

  /**
   * A Gaussian profile.
   *
   * @param fwhm full width at half maximum [px]
   * @param ellipse isophotes
   */
  public Gaussian(double fwhm, Ellipse ellipse) {
    this.fwhm = fwhm;
    this.ellipse = ellipse;
    this.variance = fwhm * fwhm / (8 * Math.log(2));
    this.peak = 1 / (2 * Math.PI * variance);
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
    return peak * Math.exp(-radius2 / (2 * variance));
  }

  @Override
  public double densitySlope(double radius2) {
    return -density(radius2) / (2 * variance);
  }

  @Override
  public double radiusLosing(double fraction) {
    return Math.sqrt(-2 * variance * Math.log(fraction));
  }

  @Override
  public double radiusDimmerThan(double limit) {
    return limit >= peak ? 0 : Math.sqrt(2 * variance * Math.log(peak / limit));
  }
}
