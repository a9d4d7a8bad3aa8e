package io.github.starlane.kernels.psffit;

/**
 * The pixel-integrated (effective) point-spread function on an oversampled grid, varying over the
 * image as a polynomial.
 *
 * <p>{@code basis} holds {@code terms = (degree + 1)(degree + 2) / 2} grids of {@code gridSize ×
 * gridSize}; grid pitch is 1 / oversampling pixel and the middle grid point is the star's centre.
 * At image position (x, y), with u = (x − centreX) / scale and v = (y − centreY) / scale,
 *
 * <pre>  ePSF = Σ_t basis_t · u^i v^j,   t in the order 1, u, v, u², uv, v², …</pre>
 *
 * <p>and the fraction of the flux in the pixel at offset (dx, dy) from the star is ePSF(dx, dy),
 * interpolated between grid points (Anderson &amp; King 2000) by the bicubic spline that goes
 * through all of them and whose B-spline coefficients outside the grid are 0 (Unser 1999, IEEE
 * Signal Processing Magazine 16, 22). For 4 grid points per pixel and FWHM ≥ 1.8 pixels it is wrong
 * by less than 2e-4 of the peak; its derivatives are exact and continuous. Sampled at whole pixels
 * it sums to 1 over a large enough stamp.
 *
 * @param gridSize odd number of grid points along each axis
 * @param oversampling grid points per pixel
 * @param degree of the polynomial; 0 for a constant PSF
 * @param centreX see above [pixel]
 * @param centreY see above [pixel]
 * @param scale see above [pixel]
 * @param basis {@code terms * gridSize * gridSize}, row-major
 */
public record PsfModel(
    int gridSize,
    int oversampling,
    int degree,
    double centreX,
    double centreY,
    double scale,
    float[] basis) {

  /** Number of polynomial terms. */
  public int terms() {
    return (degree + 1) * (degree + 2) / 2;
  }

  /** Reach of the model from its centre, in whole pixels, with room for the interpolation. */
  public int radius() {
    return ((gridSize - 1) / 2 - 2) / oversampling;
  }
}
