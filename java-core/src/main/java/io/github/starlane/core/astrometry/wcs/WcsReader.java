package io.github.starlane.core.astrometry.wcs;

import io.github.starlane.core.fits.FitsHeader;
import java.util.Optional;

/** Reads the world coordinates that {@link Wcs} can stand for, TAN and TPV to third order. */
public final class WcsReader {
  private static final int MOST_TERMS = 40;

  private WcsReader() {}

  /** The world coordinates of a header; empty if it has none, or others than these. */
  public static Optional<Wcs> read(FitsHeader header) {
    String code = header.string("CTYPE1").map(String::strip).orElse("");
    String other = header.string("CTYPE2").map(String::strip).orElse("");
    boolean plain = code.equals("RA---TAN") && other.equals("DEC--TAN");
    boolean distorted = code.equals("RA---TPV") && other.equals("DEC--TPV");
    double[] cd = matrix(header);
    if (!plain && !distorted || cd[0] * cd[3] - cd[1] * cd[2] == 0) {
      return Optional.empty();
    }
    for (int k = Wcs.TERMS; k < MOST_TERMS && distorted; k++) {
      if (header.number("PV1_" + k, 0) != 0 || header.number("PV2_" + k, 0) != 0) {
        return Optional.empty();
      }
    }
    double[] pv1 = new double[Wcs.TERMS];
    double[] pv2 = new double[Wcs.TERMS];
    for (int k = 0; k < Wcs.TERMS; k++) {
      double identity = k == 1 ? 1 : 0;
      pv1[k] = distorted ? header.number("PV1_" + k, identity) : identity;
      pv2[k] = distorted ? header.number("PV2_" + k, identity) : identity;
    }
    TangentPlane plane = new TangentPlane(header.number("CRVAL1", 0), header.number("CRVAL2", 0));
    return Optional.of(
        new Wcs(
            plane, header.number("CRPIX1", 0) - 1, header.number("CRPIX2", 0) - 1, cd, pv1, pv2));
  }

  /** CD, or PC times CDELT, or CDELT and CROTA2 (Calabretta and Greisen 2002, §6). */
  private static double[] matrix(FitsHeader header) {
    if (header.has("CD1_1") || header.has("CD1_2")) {
      return new double[] {
        header.number("CD1_1", 0),
        header.number("CD1_2", 0),
        header.number("CD2_1", 0),
        header.number("CD2_2", 0)
      };
    }
    double scaleX = header.number("CDELT1", 0);
    double scaleY = header.number("CDELT2", 0);
    if (header.has("CROTA2")) {
      double angle = Math.toRadians(header.number("CROTA2", 0));
      return new double[] {
        scaleX * Math.cos(angle),
        -scaleY * Math.sin(angle),
        scaleX * Math.sin(angle),
        scaleY * Math.cos(angle)
      };
    }
    return new double[] {
      scaleX * header.number("PC1_1", 1),
      scaleX * header.number("PC1_2", 0),
      scaleY * header.number("PC2_1", 0),
      scaleY * header.number("PC2_2", 1)
    };
  }
}
