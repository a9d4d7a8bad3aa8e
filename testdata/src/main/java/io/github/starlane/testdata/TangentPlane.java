package io.github.starlane.testdata;

import java.util.List;

/**
 * The TPV projection: pixels → (CD matrix) → distorted plane → (polynomial PV of order 3) → tangent
 * plane → (gnomonic) → sky.
 *
 * <p>Gnomonic: Calabretta &amp; Greisen (2002, A&amp;A 395, 1077) §5.1.3; polynomial: the TPV
 * registration in the FITS WCS registry.
 */
public final class TangentPlane {
  /** Number of coefficients per axis, PVi_0 … PVi_10. */
  public static final int TERMS = 11;

  private static final int MAX_STEPS = 30;
  private static final double SOLVED_DEGREES = 1e-13;

  private final double ra0;
  private final double dec0;
  private final double x0;
  private final double y0;
  private final double cd11;
  private final double cd12;
  private final double cd21;
  private final double cd22;
  private final double[] pv1;
  private final double[] pv2;
  private final double sinDec0;
  private final double cosDec0;

  /**
   * A projection.
   *
   * @param centre CRVAL [deg]
   * @param reference CRPIX, but 0-based
   * @param cd CD1_1, CD1_2, CD2_1, CD2_2 [deg/px]
   * @param pv1 PV1_0 … PV1_10
   * @param pv2 PV2_0 … PV2_10
   */
  public TangentPlane(
      SkyPoint centre, PixelPoint reference, List<Double> cd, List<Double> pv1, List<Double> pv2) {
    Check.that(cd.size() == 4, "a CD matrix has 4 elements");
    Check.that(pv1.size() == TERMS && pv2.size() == TERMS, "TPV of order 3 has 11 terms per axis");
    this.ra0 = centre.ra();
    this.dec0 = centre.dec();
    this.x0 = reference.x();
    this.y0 = reference.y();
    this.cd11 = cd.get(0);
    this.cd12 = cd.get(1);
    this.cd21 = cd.get(2);
    this.cd22 = cd.get(3);
    this.pv1 = pv1.stream().mapToDouble(Double::doubleValue).toArray();
    this.pv2 = pv2.stream().mapToDouble(Double::doubleValue).toArray();
    this.sinDec0 = Math.sin(Math.toRadians(dec0));
    this.cosDec0 = Math.cos(Math.toRadians(dec0));
  }

  /** CRVAL. */
  public SkyPoint centre() {
    return new SkyPoint(ra0, dec0);
  }

  /** CRPIX, 0-based. */
  public PixelPoint reference() {
    return new PixelPoint(x0, y0);
  }

  /** CD1_1, CD1_2, CD2_1, CD2_2 [deg/px]. */
  public List<Double> cd() {
    return List.of(cd11, cd12, cd21, cd22);
  }

  /** PV{@code axis}_{@code term}. */
  public double pv(int axis, int term) {
    return axis == 1 ? pv1[term] : pv2[term];
  }

  /** The same camera pointed elsewhere and turned by {@code degrees}. */
  TangentPlane pointed(SkyPoint centre, double degrees) {
    double c = Math.cos(Math.toRadians(degrees));
    double s = Math.sin(Math.toRadians(degrees));
    List<Double> turned =
        List.of(c * cd11 - s * cd21, c * cd12 - s * cd22, s * cd11 + c * cd21, s * cd12 + c * cd22);
    return new TangentPlane(centre, reference(), turned, asList(pv1), asList(pv2));
  }

  private static List<Double> asList(double[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  /** The sky at a pixel. */
  public SkyPoint toSky(PixelPoint pixel) {
    double px = pixel.x() - x0;
    double py = pixel.y() - y0;
    double u = cd11 * px + cd12 * py;
    double v = cd21 * px + cd22 * py;
    double xi = Math.toRadians(polynomial(pv1, u, v));
    double eta = Math.toRadians(polynomial(pv2, v, u));
    double side = cosDec0 - eta * sinDec0;
    double ra = ra0 + Math.toDegrees(Math.atan2(xi, side));
    double dec = Math.atan2(sinDec0 + eta * cosDec0, Math.hypot(xi, side));
    return new SkyPoint((ra % 360 + 360) % 360, Math.toDegrees(dec));
  }

  /**
   * The pixel at a place in the sky.
   *
   * @throws IllegalArgumentException if the place is 90° or more from the centre, or so far out
   *     that the polynomial cannot be inverted
   */
  public PixelPoint toPixel(SkyPoint sky) {
    double dRa = Math.toRadians(sky.ra() - ra0);
    double dec = Math.toRadians(sky.dec());
    double cosDec = Math.cos(dec);
    double sinDec = Math.sin(dec);
    double cosDRa = Math.cos(dRa);
    double depth = sinDec * sinDec0 + cosDec * cosDec0 * cosDRa;
    Check.that(depth > 0, sky + " is on the far side of the sky");
    double xi = Math.toDegrees(cosDec * Math.sin(dRa) / depth);
    double eta = Math.toDegrees((sinDec * cosDec0 - cosDec * sinDec0 * cosDRa) / depth);
    return undistorted(xi, eta, sky);
  }

  /** Newton's method for PV(u, v) = (ξ, η), then the inverse of CD. */
  private PixelPoint undistorted(double xi, double eta, SkyPoint sky) {
    double u = xi;
    double v = eta;
    for (int step = 0; step < MAX_STEPS; step++) {
      double f = polynomial(pv1, u, v) - xi;
      double g = polynomial(pv2, v, u) - eta;
      double fu = slopeAlong(pv1, u, v);
      double fv = slopeAcross(pv1, u, v);
      double gv = slopeAlong(pv2, v, u);
      double gu = slopeAcross(pv2, v, u);
      double det = fu * gv - fv * gu;
      double du = (f * gv - g * fv) / det;
      double dv = (g * fu - f * gu) / det;
      u -= du;
      v -= dv;
      if (Math.abs(du) + Math.abs(dv) < SOLVED_DEGREES) {
        double det2 = cd11 * cd22 - cd12 * cd21;
        return new PixelPoint(x0 + (cd22 * u - cd12 * v) / det2, y0 + (cd11 * v - cd21 * u) / det2);
      }
    }
    throw new IllegalArgumentException(sky + " is outside of the range of the distortion");
  }

  /** The polynomial of one axis; {@code a} runs along that axis, {@code b} across. */
  private static double polynomial(double[] p, double a, double b) {
    double radial = p[3] == 0 ? 0 : p[3] * Math.hypot(a, b);
    return p[0]
        + a * (p[1] + a * (p[4] + a * p[7]) + b * (p[5] + a * p[8] + b * p[9]))
        + b * (p[2] + b * (p[6] + b * p[10]))
        + radial;
  }

  private static double slopeAlong(double[] p, double a, double b) {
    double radial = p[3] == 0 ? 0 : p[3] * a / Math.hypot(a, b);
    return p[1] + a * (2 * p[4] + 3 * a * p[7]) + b * (p[5] + 2 * a * p[8] + b * p[9]) + radial;
  }

  private static double slopeAcross(double[] p, double a, double b) {
    double radial = p[3] == 0 ? 0 : p[3] * b / Math.hypot(a, b);
    return p[2] + b * (2 * p[6] + 3 * b * p[10]) + a * (p[5] + a * p[8] + 2 * b * p[9]) + radial;
  }
}
