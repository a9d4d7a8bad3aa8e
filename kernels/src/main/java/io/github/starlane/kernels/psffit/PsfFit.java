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
 * of the inverse Fisher matrix. Pixels that are not finite, whose variance is not positive, or that
 * carry one of {@code badBits} are left out. A star whose flux is not positive keeps its position
 * and has a position error of NaN.
 *
 * <p>A free position makes the maximum-likelihood flux too large by about σ² / flux, 4 % at S/N 5:
 * that bias is taken off the flux (not more than the flux itself), so that fluxes with free and
 * with kept positions agree on average.
 *
 * <p>The PSF is taken at the star's first guess. Fluxes start from a linear fit at the first
 * guesses; the given fluxes are only used in groups of more than {@code maximumGroup} stars, whose
 * parts are fitted in turn with the others held, until their fluxes stand still. Stars outside of
 * the group are not in the model: {@code groupRadius} should not be smaller than the reach of the
 * light that matters, or neighbours be subtracted beforehand.
 *
 * <p>Backends stop within {@code tolerance} of the same solution.
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
