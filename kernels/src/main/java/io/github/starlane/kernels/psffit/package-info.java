/**
 * PSF photometry and astrometry: weighted Gauss–Newton fits of positions and fluxes, overlapping
 * stars jointly (Stetson 1987, PASP 99, 191), with an effective PSF on an oversampled grid
 * (Anderson &amp; King 2000, PASP 112, 1360) interpolated by a cubic spline (Unser 1999).
 */
package io.github.starlane.kernels.psffit;
