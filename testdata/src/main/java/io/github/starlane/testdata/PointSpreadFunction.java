package io.github.starlane.testdata;

/**
 * The image of a star of unit flux: a radial profile on elliptical isophotes. Offsets are in px
 * from the centre of the star.
 */
public sealed interface PointSpreadFunction permits Moffat, Gaussian {
  /** Full width at half maximum [px], the geometric mean of both axes. */
  double fwhm();

  /** The isophotes. */
  Ellipse ellipse();

  /**
   * Surface brightness [1/px²].
   *
   * @param radius2 squared elliptical radius [px²]
   */
  double density(double radius2);

  /** Derivative of {@link #density} by the squared radius [1/px⁴]. */
  double densitySlope(double radius2);

  /** The elliptical radius that leaves the given fraction of the flux outside [px]. */
  double radiusLosing(double fraction);

  /** The elliptical radius beyond which the surface brightness is below {@code limit} [px]. */
  double radiusDimmerThan(double limit);

  /**
   * Flux in the pixel whose centre lies at (dx, dy) from the star: the integral over the pixel's
   * square, by Gauss–Legendre quadrature of 4 × 4, 2 × 2 or 1 nodes, fewer the farther out. For
   * FWHM ≥ 1.5 px the sum of the absolute errors over all pixels stays below 10⁻⁴ of the flux.
   */
  default double pixel(double dx, double dy) {
    int nodes = PixelQuadrature.nodes(this, dx * dx + dy * dy);
    return PixelQuadrature.integrate(this, dx, dy, nodes);
  }

  /**
   * Flux in a pixel as {@link #pixel}, and its derivatives by the position of the star.
   *
   * @param result receives flux, ∂flux/∂x [1/px] and ∂flux/∂y [1/px]
   */
  default void pixelWithGradient(double dx, double dy, double[] result) {
    PixelQuadrature.integrateWithGradient(this, dx, dy, result);
  }
}
