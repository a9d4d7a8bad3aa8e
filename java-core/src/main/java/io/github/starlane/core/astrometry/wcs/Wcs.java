package io.github.starlane.core.astrometry.wcs;

import io.github.starlane.core.fits.FitsCards;

/**
 * World coordinates of an image: TAN with the polynomial distortion of TPV up to third order.
 *
 * <p>(u, v) = CD · (pixel − reference pixel) [deg]; ξ = Σ pv1_k t_k(u, v), η = Σ pv2_k t_k(v, u),
 * with the terms t = 1, u, v, r, u², uv, v², u³, u²v, uv², v³ and r = √(u² + v²) (the TPV
 * convention of the FITS WCS registry; TAN: Calabretta &amp; Greisen 2002, A&amp;A 395, 1077).
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

  /** Newton's method takes its derivatives over this distance [deg]. */
  private static final double SLOPE_STEP = 1e-6;

  /** A few units in the last place of 1°. */
  private static final double CONVERGED = 1e-13;

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

  /**
   * {x, y} (0-based) of a direction [deg]; NaN if no pixel sees it: on the far side of the sky, or
   * where the distortion does not reach.
   */
  public double[] toPixel(double ra, double dec) {
    double[] target = plane.project(ra, dec);
    double[] uv = isDistorted() ? undistort(target) : target;
    double det = cd[0] * cd[3] - cd[1] * cd[2];
    return new double[] {
      referenceX + (cd[3] * uv[0] - cd[1] * uv[1]) / det,
      referenceY + (cd[0] * uv[1] - cd[2] * uv[0]) / det
    };
  }

  /** Newton's method for distort(u, v) = target; NaN if it does not converge. */
  private double[] undistort(double[] target) {
    double u = target[0];
    double v = target[1];
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double[] f = distort(u, v);
      double[] fu = distort(u + SLOPE_STEP, v);
      double[] fv = distort(u, v + SLOPE_STEP);
      double a = (fu[0] - f[0]) / SLOPE_STEP;
      double b = (fv[0] - f[0]) / SLOPE_STEP;
      double c = (fu[1] - f[1]) / SLOPE_STEP;
      double d = (fv[1] - f[1]) / SLOPE_STEP;
      double det = a * d - b * c;
      double du = (d * (target[0] - f[0]) - b * (target[1] - f[1])) / det;
      double dv = (a * (target[1] - f[1]) - c * (target[0] - f[0])) / det;
      u += du;
      v += dv;
      if (Math.abs(du) + Math.abs(dv) < CONVERGED * (1 + Math.abs(u) + Math.abs(v))) {
        return new double[] {u, v};
      }
    }
    return new double[] {Double.NaN, Double.NaN};
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
    // Its default depends on CRVAL2: without this card an image centred on the pole would be read
    // turned by 180°.
    cards.put("LONPOLE", 180.0, "[deg] native longitude of the celestial pole");
    cards
        .put("CRPIX1", referenceX + 1, "[pix] reference pixel")
        .put("CRPIX2", referenceY + 1, "[pix] reference pixel");
    for (int k = 0; k < 4; k++) {
      cards.put("CD" + (1 + k / 2) + "_" + (1 + k % 2), cd[k], "[deg/pix]");
    }
    for (int k = 0; isDistorted() && k < TERMS; k++) {
      cards.put("PV1_" + k, pv1[k], "distortion term " + k + " of xi");
      cards.put("PV2_" + k, pv2[k], "distortion term " + k + " of eta");
    }
    return cards;
  }
}
