package io.github.starlane.testdata;

/**
 * Where the camera looks and how its pixels map to the sky.
 *
 * @param ra right ascension of the field centre in the first epoch [deg, ICRS]
 * @param dec declination of the field centre in the first epoch [deg, ICRS]
 * @param pixelScale arcsec/px at the field centre
 * @param rotation direction of the camera [deg]: angle from the x axis of the sky to that of the
 *     chip
 * @param raGrowsWithX whether right ascension grows along +x (as LAST's chips are mounted) or falls
 * @param distortion size of the cubic distortion at the corner of the light area [px]
 * @param dither largest random offset of an epoch along each axis [px]
 * @param driftX steady drift along x [px per epoch]
 * @param driftY steady drift along y [px per epoch]
 * @param fieldRotation rotation of the field over the visit [deg]
 * @param headerError largest error of the RA and DEC cards of the raw header [deg]
 */
public record PointingParameters(
    double ra,
    double dec,
    double pixelScale,
    double rotation,
    boolean raGrowsWithX,
    double distortion,
    double dither,
    double driftX,
    double driftY,
    double fieldRotation,
    double headerError) {
  /**
   * @throws IllegalArgumentException if the pointing is no place in the sky
   */
  public PointingParameters {
    Check.that(ra >= 0 && ra < 360 && Math.abs(dec) <= 90, "ra must be in 0 … 360, dec in ±90");
    Check.that(pixelScale > 0 && pixelScale < 100, "pixelScale must be in 0 … 100 arcsec");
    Check.that(distortion >= 0 && dither >= 0 && headerError >= 0, "amplitudes must not be < 0");
  }

  /** A LAST field that stands high in the winter evening. */
  public static PointingParameters defaults() {
    return new PointingParameters(118.0, 21.5, 1.25, 0.6, true, 4, 2, 0.15, -0.1, 0.01, 0.02);
  }

  /** These parameters with another distortion at the corner [px]. */
  public PointingParameters withDistortion(double other) {
    return new PointingParameters(
        ra,
        dec,
        pixelScale,
        rotation,
        raGrowsWithX,
        other,
        dither,
        driftX,
        driftY,
        fieldRotation,
        headerError);
  }
}
