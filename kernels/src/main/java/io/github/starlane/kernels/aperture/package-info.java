/**
 * Aperture photometry with exact overlaps of circle and pixel, annulus statistics, and
 * Gaussian-windowed centroids and moments (SExtractor's XWIN; Bertin &amp; Arnouts 1996).
 */
package io.github.starlane.kernels.aperture;
