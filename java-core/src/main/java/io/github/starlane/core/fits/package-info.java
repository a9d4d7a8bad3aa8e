/**
 * Reading and writing FITS: structure and headers by nom-tam-fits, uncompressed pixels straight
 * from the mapped file.
 *
 * <p>Source: FITS Standard 4.0 (IAU FITS Working Group 2018).
 */
package io.github.starlane.core.fits;
