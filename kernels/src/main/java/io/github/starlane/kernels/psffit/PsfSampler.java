package io.github.starlane.kernels.psffit;

/** Evaluates the PSF of one star in the pixels around it. */
interface PsfSampler {

  /** Takes the PSF as it is at this image position. */
  void place(double x, double y);

  /**
   * PSF and derivatives in the pixels of the stamp, for a star at (x, y).
   *
   * @param derivatives whether the derivatives are wanted as well
   */
  void sample(double x, double y, Stamp stamp, boolean derivatives);
}
