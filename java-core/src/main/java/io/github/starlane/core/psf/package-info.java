/**
 * The point-spread function of an image, from its own stars.
 *
 * <p>Source: Anderson &amp; King 2000, PASP 112, 1360 (effective PSF on an oversampled grid).
 */
package io.github.starlane.core.psf;
