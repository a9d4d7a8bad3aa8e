package io.github.starlane.kernels.psffit;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/**
 * Position and flux of many stars, by maximum likelihood on the noise model; overlapping stars
 * jointly.
 *
 * <p>Model of a pixel: m = Σ_k flux_k · PSF(x − x_k, y − y_k) (+ background of the group); its
 * noise variance is {@code variance + max(m, 0) / gain}. Solved by Gauss–Newton (Fisher scoring)
 * over the pixels within {@code boxRadius} of the star; errors are the square roots of the diagonal
 * of the inverse Fisher matrix. Pixels that are NaN or carry one of {@code badBits} are left out.
 */
public interface PsfFit {

  /**
   * Fits all stars.
   *
   * @param image background-subtracted
   * @param variance noise variance per pixel without the stars' own, in image units squared
   * @param mask same size, or null
   * @param psf the point-spread function
   * @param stars first guesses; flux may be 0
   */
  PsfFitResult fit(
      Plane image,
      Plane variance,
      MaskPlane mask,
      PsfModel psf,
      Stars stars,
      PsfFitParameters parameters);

  /**
   * Adds {@code factor ×} the stars' images to a plane: −1 removes stars, 1 draws them.
   *
   * @param radius stamps reach so far from the star [pixel], at most the model's own reach
   */
  void addStars(Plane image, PsfModel psf, Stars stars, double factor, int radius);
}
