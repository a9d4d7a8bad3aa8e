package io.github.starlane.core.astrometry.solve;

import io.github.starlane.core.astrometry.wcs.Wcs;

/**
 * World coordinates of an image and what they rest on.
 *
 * @param wcs the coordinates
 * @param source indices of the matched sources
 * @param reference indices of the matched reference stars, in the catalogue that was given
 * @param residualX source minus reference along x [pixel]
 * @param residualY source minus reference along y [pixel]
 * @param rms per axis [arcsec]
 */
public record AstrometricSolution(
    Wcs wcs, int[] source, int[] reference, double[] residualX, double[] residualY, double rms) {

  /** Number of matched stars. */
  public int count() {
    return source.length;
  }
}
