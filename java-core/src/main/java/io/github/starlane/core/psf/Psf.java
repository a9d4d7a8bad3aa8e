package io.github.starlane.core.psf;

import io.github.starlane.kernels.matchedfilter.Template;
import io.github.starlane.kernels.psffit.PsfModel;

/**
 * A PSF and its shape in the middle of the region it is looked at from: a whole camera, or one crop
 * of it.
 *
 * @param model for the kernels, in the region's coordinates
 * @param shape in the middle of the region
 * @param middleX column of the middle [pixel]
 * @param middleY row of the middle [pixel]
 * @param noise standard error of the model in its core, as a fraction of its highest value
 * @param starShapes the stars it was built from; none for an assumed PSF
 */
public record Psf(
    PsfModel model,
    PsfShape shape,
    double middleX,
    double middleY,
    double noise,
    PsfStarShapes starShapes) {

  /** Light within so many σ is what {@link #coreAt} tells, as of LSST. */
  private static final double LIGHT_SIGMAS = 3;

  private static final double LEAST_RADIUS = 2;

  /**
   * The same PSF as seen from a part of the region.
   *
   * @param originX column of the part's first pixel in this PSF's coordinates [pixel]
   * @param originY row of the part's first pixel [pixel]
   * @param width of the part [pixel]
   * @param height of the part [pixel]
   */
  public Psf at(double originX, double originY, int width, int height) {
    PsfModel moved =
        new PsfModel(
            model.gridSize(),
            model.oversampling(),
            model.degree(),
            model.centreX() - originX,
            model.centreY() - originY,
            model.scale(),
            model.basis());
    return of(
        moved,
        (width - 1) / 2.0,
        (height - 1) / 2.0,
        noise,
        starShapes.movedBy(-originX, -originY));
  }

  /** A PSF with its shape measured. */
  static Psf of(
      PsfModel model, double middleX, double middleY, double noise, PsfStarShapes starShapes) {
    PsfShape shape =
        new PsfShapeMeasurement(starShapes.count(), noise)
            .measure(PsfField.grid(model, middleX, middleY));
    return new Psf(model, shape, middleX, middleY, noise, starShapes);
  }

  /** Number of stars it was built from; 0 for an assumed PSF. */
  public int stars() {
    return starShapes.count();
  }

  /** √ of that of the determinant of the second moments in the middle [pixel]. */
  public double sigma() {
    return Math.pow(Math.max(0, shape.xx() * shape.yy() - shape.xy() * shape.xy()), 0.25);
  }

  /** Moments, and the light within 3 σ (as of the middle), at a place [pixel]. */
  public PsfCore coreAt(double x, double y) {
    return PsfCore.of(
        PsfField.grid(model, x, y),
        PsfShapeMeasurement.window(shape.fwhm()),
        Math.max(LEAST_RADIUS, LIGHT_SIGMAS * sigma()));
  }

  /** {@link PsfShape#fwhm}. */
  public double fwhm() {
    return shape.fwhm();
  }

  /** {@link PsfShape#ellipticity}. */
  public double ellipticity() {
    return shape.ellipticity();
  }

  /** {@link PsfShape#angle}. */
  public double angle() {
    return shape.angle();
  }

  /** {@link PsfShape#sumOfSquares}. */
  public double sumOfSquares() {
    return shape.sumOfSquares();
  }

  /** {@link PsfShape#peak}. */
  public double peak() {
    return shape.peak();
  }

  /**
   * The PSF in the middle of the region, centred on a pixel, as a template of {@code 2 radius + 1}
   * pixels.
   */
  public Template template(int radius) {
    PsfGrid grid = PsfField.grid(model, middleX, middleY);
    int size = 2 * radius + 1;
    int half = grid.size / 2;
    float[] values = new float[size * size];
    for (int j = -radius; j <= radius; j++) {
      for (int i = -radius; i <= radius; i++) {
        int at = (half + j * grid.oversampling) * grid.size + half + i * grid.oversampling;
        values[(j + radius) * size + i + radius] = (float) grid.values[at];
      }
    }
    return new Template("psf", size, values);
  }
}
