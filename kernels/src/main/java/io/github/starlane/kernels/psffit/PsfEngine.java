package io.github.starlane.kernels.psffit;

/** The pixel loops of the PSF fit, in which the CPU versions differ. */
interface PsfEngine {

  /** Rows of stamps and pixel windows are padded to a multiple of this. */
  int alignment();

  PsfSampler newSampler(SplineBasis basis);

  /** model += flux · PSF, in the stamp's pixels. */
  void addModel(PixelWindow window, Stamp stamp, double flux);

  /** Weights (0 for pixels that are left out) and weighted residuals of the present model. */
  void weigh(PixelWindow window, double gain);

  /**
   * Weighted sums of the star's columns with the residual.
   *
   * @param sums receives Σ w r P, Σ w r P_x, Σ w r P_y
   */
  void project(PixelWindow window, Stamp stamp, double[] sums);

  /**
   * Weighted sums of products of two stars' columns over their common pixels.
   *
   * @param sums receives nine numbers: (P, P_x, P_y) of a times (P, P_x, P_y) of b, row-major
   */
  void gram(PixelWindow window, Stamp a, Stamp b, double[] sums);
}
