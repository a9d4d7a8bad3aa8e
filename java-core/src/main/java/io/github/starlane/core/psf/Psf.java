package io.github.starlane.core.psf;

import io.github.starlane.kernels.matchedfilter.Template;
import io.github.starlane.kernels.psffit.PsfModel;

/**
 * A PSF and its shape.
 *
 * @param model for the kernels
 * @param fwhm full width at half maximum of the azimuthal mean, pixel-integrated [pixel]
 * @param ellipticity 1 − b / a of the Gaussian-weighted second moments
 * @param angle of the major axis from x towards y [deg], −90…90
 * @param sumOfSquares Σ P² of the stamp centred on a pixel: 1 / noise-equivalent area [1 / pixel]
 * @param stars number of stars it was built from; 0 for an assumed PSF
 */
public record Psf(
    PsfModel model, double fwhm, double ellipticity, double angle, double sumOfSquares, int stars) {

  /** Fraction of the flux in the pixel that a star is centred on. */
  public double peak() {
    int half = (model.gridSize() - 1) / 2;
    return model.basis()[half * model.gridSize() + half];
  }

  /** The PSF centred on a pixel, as a template of {@code 2 radius + 1} pixels. */
  public Template template(int radius) {
    int size = 2 * radius + 1;
    int half = (model.gridSize() - 1) / 2;
    float[] values = new float[size * size];
    for (int j = -radius; j <= radius; j++) {
      for (int i = -radius; i <= radius; i++) {
        int at =
            (half + j * model.oversampling()) * model.gridSize() + half + i * model.oversampling();
        values[(j + radius) * size + i + radius] = model.basis()[at];
      }
    }
    return new Template("psf", size, values);
  }
}
