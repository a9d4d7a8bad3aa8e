package io.github.starlane.kernels.fft;

import io.github.starlane.kernels.Plane;

/**
 * A proper coaddition in the making: takes image after image, so that memory does not grow with
 * their number.
 *
 * <p>With images M_j whose noise is white of variance σ_j², PSFs P_j and flux scales F_j (a star of
 * flux T has F_j T in image j), and hats for Fourier transforms, Zackay &amp; Ofek (2017, ApJ 836,
 * 188, eq. 7, 9 and 10) define
 *
 * <pre>
 *   R̂   = Σ (F_j / σ_j²) conj(P̂_j) M̂_j / √( Σ (F_j² / σ_j²) |P̂_j|² )
 *   F_R  = √( Σ F_j² / σ_j² )
 *   P̂_R = √( Σ (F_j² / σ_j²) |P̂_j|² ) / F_R
 * </pre>
 *
 * <p>A P̂_j of modulus below 1e-4 counts as 1e-4: there a star has no signal, and the phase would
 * be rounding noise.
 *
 * <p>R is an image whose noise is white of variance 1, in which a star of flux T has flux F_R T and
 * PSF P_R, and no linear combination of the images has more information about constant sources.
 *
 * <p>Pixels that are not finite count as 0, so images must be free of background. Beyond the edges
 * images are 0 for at least {@code padding} pixels, then they repeat; what an edge does reaches as
 * far as R's filter, a few widths of the PSF.
 *
 * <p>Backends agree within 1e-4 of the noise plus 2e-6 of the largest value of R. Not for several
 * threads at once.
 */
public interface ProperCoadd {

  /**
   * Adds an image.
   *
   * @param image registered, background-subtracted
   * @param psf of unit sum, not larger than the image
   * @param fluxScale F_j, positive
   * @param variance σ_j² of the background noise of a pixel, positive; F_j² / σ_j² between 1e-24
   *     and 1e24
   */
  void add(Plane image, Kernel psf, double fluxScale, double variance);

  /**
   * The coadd of what was added.
   *
   * @param out receives R
   * @param psfSize columns and rows of the PSF to return, odd, not larger than the image
   * @throws IllegalStateException if no image was added
   */
  Result finish(Plane out, int psfSize);

  /**
   * What belongs to a coadd.
   *
   * @param psf P_R, its centre in the middle pixel; of unit sum but for what lies outside
   * @param fluxScale F_R
   */
  record Result(Kernel psf, double fluxScale) {}
}
