package io.github.starlane.kernels.laplacian;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/**
 * L.A.Cosmic: cosmic rays of a single exposure, recognised by edges sharper than the optics can
 * make them (van Dokkum 2001, PASP 113, 1420).
 *
 * <p>With I the image, V the variance, N = √(median₅ V) the noise without the cosmic rays, and the
 * Laplacian of the twofold subsampled image, clipped at 0 and averaged over a pixel's four parts,
 *
 * <pre>
 * L  = ¼ Σ max(0, 2 I − I(x ± 1, y) − I(x, y ± 1))    over the four pairs of signs
 * S  = L / (2 N)                 S′ = S − median₅ S
 * F  = max(0.01, (f − median₇ f) / N)                 f = median₃ I, or I smoothed with the PSF
 * </pre>
 *
 * a pixel is a cosmic ray where S′ &gt; sigmaClip and S′ / F &gt; objectLimit (as the author's
 * program has it; the paper puts L for S′); then neighbours with S′ &gt; sigmaClip and neighbours
 * of those with S′ &gt; sigmaFraction · sigmaClip are. What is found is filled, in the image and in
 * the variance, and the search goes on until nothing new is found.
 *
 * <p>Filters are squares of 3, 5 and 7 pixels, or, separable, medians along rows and then along
 * columns of 5, 7 and 9. The smoothed f is Σ p I / N² / Σ p / N² with the PSF p. Beyond its edges
 * the image goes on with its outermost pixels.
 *
 * <p>Bad are pixels with one of {@code badBits} and those whose image or variance is not finite
 * (these are filled first). Bad pixels and their eight neighbours are neither tested nor used to
 * fill others; so are pixels within √20 of a saturated star: a pixel at or above {@code saturation}
 * with median₅ I above a tenth of it, which a saturated cosmic ray has not.
 *
 * <p>Backends find the same pixels, but for those whose S′ or S′ / F lies within 1e-5 of a limit.
 */
public interface Laplacian {

  /**
   * Finds cosmic rays.
   *
   * @param image electrons or any unit, with its background (or without, if a variance is given)
   * @param variance of the image [unit²]; null for I / gain + readNoise²
   * @param mask same size; null for no bad pixels
   * @param out gets cosmicRayBit and saturatedStarBit added; may be {@code mask}
   * @param cleaned receives the image with cosmic rays and non-finite pixels filled; may be {@code
   *     image} or null
   * @return how many new pixels each iteration found
   */
  CosmicRays find(
      Plane image,
      Plane variance,
      MaskPlane mask,
      LaplacianParameters parameters,
      MaskPlane out,
      Plane cleaned);
}
