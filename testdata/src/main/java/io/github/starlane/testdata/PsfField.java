package io.github.starlane.testdata;

/** The PSF at each place of the light area in one exposure; see {@link PsfParameters}. */
public final class PsfField {
  private final PsfParameters parameters;
  private final double seeing;
  private final double centreX;
  private final double centreY;
  private final double corner2;
  private final double e1;
  private final double e2;

  /**
   * The PSF of an exposure.
   *
   * @param parameters the PSF and its change over the field
   * @param frame the light area
   * @param seeing factor on the width
   */
  public PsfField(PsfParameters parameters, FrameGeometry frame, double seeing) {
    this.parameters = parameters;
    this.seeing = seeing;
    this.centreX = frame.centreX();
    this.centreY = frame.centreY();
    this.corner2 = centreX * centreX + centreY * centreY;
    double twice = 2 * Math.toRadians(parameters.angleDegrees());
    this.e1 = parameters.ellipticity() * Math.cos(twice);
    this.e2 = parameters.ellipticity() * Math.sin(twice);
  }

  /** The PSF of a star at (x, y), 0-based pixels of the light area. */
  public PointSpreadFunction at(double x, double y) {
    double dx = x - centreX;
    double dy = y - centreY;
    // Stars just outside of the light area still cast light into it: hold the corner's PSF there.
    double limit = Math.min(1, corner2 / Math.max(1e-9, dx * dx + dy * dy));
    double cos2 = (dx * dx - dy * dy) / corner2 * limit;
    double sin2 = 2 * dx * dy / corner2 * limit;
    double rho2 = (dx * dx + dy * dy) / corner2 * limit;
    double fwhm = parameters.fwhm() * seeing * (1 + parameters.cornerGrowth() * rho2);
    Ellipse ellipse =
        Ellipse.ofEllipticity(
            e1 + parameters.cornerEllipticity() * cos2, e2 + parameters.cornerEllipticity() * sin2);
    return parameters.profile() == PsfParameters.Profile.GAUSSIAN
        ? new Gaussian(fwhm, ellipse)
        : new Moffat(fwhm, parameters.moffatBeta(), ellipse);
  }
}
