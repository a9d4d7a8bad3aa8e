package io.github.starlane.core.astrometry.wcs;

import io.github.starlane.core.fits.FitsCards;

/**
 * World coordinates of an image: TAN with the polynomial distortion of TPV up to third order.
 *
 * <p>(u, v) = CD · (pixel − reference pixel) [deg]; ξ = Σ pv1_k t_k(u, v), η = Σ pv2_k t_k(v, u),
 * with the terms t = 1, u, v, r, u², uv, v², u³, u²v, uv², v³ (r = √(u² + v²) is not used here and
 * its coefficient must be 0).
 *
 * @param plane tangent point
 * @param referenceX reference pixel, 0-based
 * @param referenceY reference pixel, 0-based
 * @param cd {CD1_1, CD1_2, CD2_1, CD2_2} [deg / pixel]
 * @param pv1 {@value #TERMS} coefficients of ξ
 * @param pv2 {@value #TERMS} coefficients of η
 */
public record Wcs(
    TangentPlane plane,
    double referenceX,
    double referenceY,
    double[] cd,
    double[] pv1,
    double[] pv2) {

  /** Coefficients per axis. */
  public static final int TERMS = 11;

  private static final int NEWTON_STEPS = 30;

  /** A plain TAN system. */
  public static Wcs tan(TangentPlane plane, double referenceX, double referenceY, double[] cd) {
    double[] identity = new double[TERMS];
    identity[1] = 1;
    return new Wcs(plane, referenceX, referenceY, cd, identity, identity.clone());
  }

  /** The terms of TPV at (u, v). */
  public static double[] terms(double u, double v) {
    return new double[] {
      1, u, v, Math.hypot(u, v), u * u, u * v, v * v, u * u * u, u * u * v, u * v * v, v * v * v
    };
  }

  /** {u, v} [deg]: pixel to the plane before distortion. */
  public double[] linear(double x, double y) {
    double dx = x - referenceX;
    double dy = y - referenceY;
    return new double[] {cd[0] * dx + cd[1] * dy, cd[2] * dx + cd[3] * dy};
  }

  private double[] distort(double u, double v) {
    double[] t1 = terms(u, v);
    double[] t2 = terms(v, u);
    double xi = 0;
    double eta = 0;
    for (int k = 0; k < TERMS; k++) {
      xi += pv1[k] * t1[k];
      eta += pv2[k] * t2[k];
    }
    return new double[] {xi, eta};
  }

  /** {RA, Dec} [deg] of a pixel position (0-based). */
  public double[] toSky(double x, double y) {
    double[] uv = linear(x, y);
    double[] plain = distort(uv[0], uv[1]);
    return plane.deproject(plain[0], plain[1]);
  }

  /** {x, y} (0-based) of a direction [deg]; NaN if it cannot be reached. */
  public double[] toPixel(double ra, double dec) {
    double[] target = plane.project(ra, dec);
    double u = target[0];
    double v = target[1];
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double[] f = distort(u, v);
      double h = 1e-6;
      double[] fu = distort(u + h, v);
      double[] fv = distort(u, v + h);
      double a = (fu[0] - f[0]) / h;
      double b = (fv[0] - f[0]) / h;
      double c = (fu[1] - f[1]) / h;
      double d = (fv[1] - f[1]) / h;
      double det = a * d - b * c;
      double du = (d * (target[0] - f[0]) - b * (target[1] - f[1])) / det;
      double dv = (a * (target[1] - f[1]) - c * (target[0] - f[0])) / det;
      u += du;
      v += dv;
      if (Math.abs(du) + Math.abs(dv) < 1e-13) {
        break;
      }
    }
    double det = cd[0] * cd[3] - cd[1] * cd[2];
    return new double[] {
      referenceX + (cd[3] * u - cd[1] * v) / det, referenceY + (cd[0] * v - cd[2] * u) / det
    };
  }

  /** The same system seen from pixels whose origin lies at (dx, dy) of these. */
  public Wcs shifted(double dx, double dy) {
    return new Wcs(plane, referenceX - dx, referenceY - dy, cd, pv1, pv2);
  }

  /** Geometric mean of the pixel's edges at the reference pixel [arcsec]. */
  public double pixelScale() {
    return 3600 * Math.sqrt(Math.abs(cd[0] * cd[3] - cd[1] * cd[2]));
  }

  /** Whether any distortion is present. */
  public boolean isDistorted() {
    for (int k = 0; k < TERMS; k++) {
      double identity = k == 1 ? 1 : 0;
      if (pv1[k] != identity || pv2[k] != identity) {
        return true;
      }
    }
    return false;
  }

  /** As header cards: TPV if distorted, else TAN. */
  public FitsCards cards() {
    String code = isDistorted() ? "TPV" : "TAN";
    FitsCards cards = new FitsCards();
    cards.put("WCSAXES", 2, "number of world coordinate axes");
    cards.put("RADESYS", "ICRS", "celestial reference system");
    cards
        .put("CTYPE1", "RA---" + code, "right ascension")
        .put("CTYPE2", "DEC--" + code, "declination");
    cards.put("CUNIT1", "deg", "").put("CUNIT2", "deg", "");
    cards
        .put("CRVAL1", plane.rightAscension(), "[deg] tangent point")
        .put("CRVAL2", plane.declination(), "[deg] tangent point");
    cards
        .put("CRPIX1", referenceX + 1, "[pix] reference pixel")
        .put("CRPIX2", referenceY + 1, "[pix] reference pixel");
    for (int k = 0; k < 4; k++) {
      cards.put("CD" + (1 + k / 2) + "_" + (1 + k % 2), cd[k], "[deg/pix]");
    }
    for (int k = 0; isDistorted() && k < TERMS; k++) {
      if (k != 3) {
        cards.put("PV1_" + k, pv1[k], "distortion term " + k + " of xi");
        cards.put("PV2_" + k, pv2[k], "distortion term " + k + " of eta");
      }
    }
    return cards;
  }
}
