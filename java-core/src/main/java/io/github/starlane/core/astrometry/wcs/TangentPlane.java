package io.github.starlane.core.astrometry.wcs;

/**
 * Gnomonic projection about a point of the sky. Plane coordinates ξ (east) and η (north) in
 * degrees.
 *
 * @param rightAscension of the tangent point [deg]
 * @param declination of the tangent point [deg]
 */
public record TangentPlane(double rightAscension, double declination) {

  /** {ξ, η} [deg] of a direction [deg]; NaN for directions more than 90° away. */
  public double[] project(double ra, double dec) {
    double a = Math.toRadians(ra - rightAscension);
    double d = Math.toRadians(dec);
    double d0 = Math.toRadians(declination);
    double cosine = Math.sin(d0) * Math.sin(d) + Math.cos(d0) * Math.cos(d) * Math.cos(a);
    if (cosine <= 0) {
      return new double[] {Double.NaN, Double.NaN};
    }
    double xi = Math.cos(d) * Math.sin(a) / cosine;
    double eta = (Math.cos(d0) * Math.sin(d) - Math.sin(d0) * Math.cos(d) * Math.cos(a)) / cosine;
    return new double[] {Math.toDegrees(xi), Math.toDegrees(eta)};
  }

  /** {RA, Dec} [deg] of a point of the plane [deg]; RA in [0, 360). */
  public double[] deproject(double xiDegrees, double etaDegrees) {
    double xi = Math.toRadians(xiDegrees);
    double eta = Math.toRadians(etaDegrees);
    double d0 = Math.toRadians(declination);
    double denominator = Math.cos(d0) - eta * Math.sin(d0);
    double ra = rightAscension + Math.toDegrees(Math.atan2(xi, denominator));
    double dec =
        Math.toDegrees(Math.atan2(Math.sin(d0) + eta * Math.cos(d0), Math.hypot(xi, denominator)));
    return new double[] {((ra % 360) + 360) % 360, dec};
  }

  /** Angle between two directions [deg], exact for small ones too (haversine). */
  public static double separation(double ra1, double dec1, double ra2, double dec2) {
    double da = Math.toRadians(ra2 - ra1) / 2;
    double dd = Math.toRadians(dec2 - dec1) / 2;
    double h =
        Math.sin(dd) * Math.sin(dd)
            + Math.cos(Math.toRadians(dec1))
                * Math.cos(Math.toRadians(dec2))
                * Math.sin(da)
                * Math.sin(da);
    return Math.toDegrees(2 * Math.asin(Math.min(1, Math.sqrt(h))));
  }
}
