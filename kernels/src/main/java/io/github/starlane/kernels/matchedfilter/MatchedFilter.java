package io.github.starlane.kernels.matchedfilter;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/**
 * Correlation of an image with a bank of templates, weighted by variance, and the local maxima of
 * the result.
 *
 * <p>With weights w = 1 / variance (0 where a pixel is NaN, its variance is not positive, or it
 * carries one of {@code badBits}; also 0 outside the image) and a template P of odd size,
 *
 * <pre>
 *   S/N(x, y)  = Σ P(i, j) (w I)(x + i, y + j) / √( Σ P(i, j)² w(x + i, y + j) )
 *   flux(x, y) = Σ P w I / Σ P² w
 * </pre>
 *
 * <p>so that pure noise of that variance has unit standard deviation, whatever is masked. S/N is 0
 * where the denominator vanishes. A local maximum is a pixel that exceeds all of its 8 neighbours
 * (or equals a later one) in the largest S/N over the templates that are searched with.
 *
 * <p>Sources lie between pixels: a peak counts if the vertex of the Gaussians along x and y through
 * its pixel and the neighbours reaches the threshold, and has 0.8 times the threshold on its pixel
 * (with nothing but delta functions, the pixel itself).
 *
 * <p>Backends agree within 2e-4 + 1e-5 · |S/N|; with templates so large that they are correlated by
 * Fourier transforms, plus 2e-6 of the largest |S/N| of the image.
 */
public interface MatchedFilter {

  /**
   * Peaks of the largest S/N over the templates that are searched with, most significant first.
   *
   * @param image background-subtracted
   * @param variance noise variance per pixel, in image units squared
   * @param mask same size, or null
   */
  Peaks detect(Plane image, Plane variance, MaskPlane mask, MatchedFilterParameters parameters);

  /** The S/N map of one template. */
  void signalToNoise(
      Plane image, Plane variance, MaskPlane mask, Template template, int badBits, Plane out);
}
