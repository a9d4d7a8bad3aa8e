package io.github.starlane.core.astrometry.wcs;

import io.github.starlane.core.fits.FitsHeader;

/** World coordinates from header cards, as far as {@link Wcs} can hold them. */
final class WcsHeaders {
  private WcsHeaders() {}

  /**
   * TAN or TPV; CD, or PC and CDELT; RA or Dec first. PV coefficients count under TAN too, as
   * SCAMP's early files have them.
   */
  static Wcs read(FitsHeader h) {
    boolean declinationFirst = h.string("CTYPE1").orElseThrow().startsWith("DEC");
    double[] matrix = new double[4];
    for (int k = 0; k < 4; k++) {
      int i = 1 + k / 2;
      int j = 1 + k % 2;
      double pc = h.number("PC" + i + "_" + j, i == j ? 1 : 0);
      matrix[k] = h.number("CD" + i + "_" + j, pc * h.number("CDELT" + i, 1));
    }
    double[] crval = {h.number("CRVAL1", 0), h.number("CRVAL2", 0)};
    double[] pv1 = pv(h, 1);
    double[] pv2 = pv(h, 2);
    if (declinationFirst) {
      matrix = new double[] {matrix[2], matrix[3], matrix[0], matrix[1]};
      crval = new double[] {crval[1], crval[0]};
    }
    return new Wcs(
        new TangentPlane(crval[0], crval[1]),
        h.number("CRPIX1", 0) - 1,
        h.number("CRPIX2", 0) - 1,
        matrix,
        pv1,
        pv2);
  }

  private static double[] pv(FitsHeader h, int axis) {
    double[] pv = new double[Wcs.TERMS];
    for (int k = 0; k < Wcs.TERMS; k++) {
      pv[k] = h.number("PV" + axis + "_" + k, k == 1 ? 1 : 0);
    }
    return pv;
  }
}
