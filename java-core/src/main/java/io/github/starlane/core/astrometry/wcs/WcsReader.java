package io.github.starlane.core.astrometry.wcs;

import io.github.starlane.core.fits.FitsHeader;
import java.util.Optional;

/**
 * Reads the world coordinates that {@link Wcs} can stand for: TAN and TPV to third order; CD, PC
 * and CDELT, or CROTA2; right ascension or declination first. PV coefficients count under TAN too,
 * as SCAMP's early files have them.
 */
public final class WcsReader {
  private static final int MOST_TERMS = 40;

  private WcsReader() {}

  /** The world coordinates of a header; empty if it has none, or others than these. */
  public static Optional<Wcs> read(FitsHeader header) {
    String first = header.string("CTYPE1").map(String::strip).orElse("");
    String second = header.string("CTYPE2").map(String::strip).orElse("");
    boolean declinationFirst = first.startsWith("DEC");
    String ra = declinationFirst ? second : first;
    String dec = declinationFirst ? first : second;
    boolean known =
        (ra.equals("RA---TAN") && dec.equals("DEC--TAN"))
            || (ra.equals("RA---TPV") && dec.equals("DEC--TPV"));
    double[] matrix = matrix(header);
    if (!known || matrix[0] * matrix[3] - matrix[1] * matrix[2] == 0 || isOfHigherOrder(header)) {
      return Optional.empty();
    }
    double[] value = {header.number("CRVAL1", 0), header.number("CRVAL2", 0)};
    if (declinationFirst) {
      matrix = new double[] {matrix[2], matrix[3], matrix[0], matrix[1]};
      value = new double[] {value[1], value[0]};
    }
    return Optional.of(
        new Wcs(
            new TangentPlane(value[0], value[1]),
            header.number("CRPIX1", 0) - 1,
            header.number("CRPIX2", 0) - 1,
            matrix,
            pv(header, 1),
            pv(header, 2)));
  }

  private static boolean isOfHigherOrder(FitsHeader header) {
    boolean higher = false;
    for (int k = Wcs.TERMS; k < MOST_TERMS; k++) {
      higher |= header.number("PV1_" + k, 0) != 0 || header.number("PV2_" + k, 0) != 0;
    }
    return higher;
  }

  /** CD, or CDELT times PC or a turn by CROTA2 (Calabretta and Greisen 2002, §6). */
  private static double[] matrix(FitsHeader header) {
    double angle = Math.toRadians(header.number("CROTA2", 0));
    double[] turn = {Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle)};
    boolean isTurned = header.has("CROTA2");
    boolean hasCd =
        header.has("CD1_1") || header.has("CD1_2") || header.has("CD2_1") || header.has("CD2_2");
    double[] matrix = new double[4];
    for (int k = 0; k < 4; k++) {
      int i = 1 + k / 2;
      int j = 1 + k % 2;
      if (hasCd) {
        matrix[k] = header.number("CD" + i + "_" + j, 0);
      } else if (isTurned) {
        // CROTA2 turns the pixel axes after they have been scaled.
        matrix[k] = turn[k] * header.number("CDELT" + j, 1);
      } else {
        matrix[k] =
            header.number("CDELT" + i, 1) * header.number("PC" + i + "_" + j, i == j ? 1 : 0);
      }
    }
    return matrix;
  }

  private static double[] pv(FitsHeader header, int axis) {
    double[] pv = new double[Wcs.TERMS];
    for (int k = 0; k < Wcs.TERMS; k++) {
      pv[k] = header.number("PV" + axis + "_" + k, k == 1 ? 1 : 0);
    }
    return pv;
  }
}
