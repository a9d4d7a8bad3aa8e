package io.github.starlane.core.source;

import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.matchedfilter.Template;
import io.github.starlane.kernels.psffit.PsfModel;

/**
 * The PSF of an image, convolved with a round Gaussian: what a slightly extended source looks like.
 */
final class BroadenedPsf {
  /** FWHM of what results, in units of the PSF's. */
  private static final double FACTOR = 1.5;

  private static final double FWHM_PER_SIGMA = 2.3548;

  private final PsfModel model;
  private final double projection;

  /** Convolves. */
  BroadenedPsf(Psf psf) {
    PsfModel narrow = psf.model();
    double sigma = psf.fwhm() / FWHM_PER_SIGMA * Math.sqrt(FACTOR * FACTOR - 1);
    float[] basis = new float[narrow.basis().length];
    int n = narrow.gridSize();
    double[] weights = weights(sigma * narrow.oversampling());
    for (int t = 0; t < narrow.terms(); t++) {
      convolve(narrow.basis(), t * n * n, n, weights, basis);
    }
    model =
        new PsfModel(
            n,
            narrow.oversampling(),
            narrow.degree(),
            narrow.centreX(),
            narrow.centreY(),
            narrow.scale(),
            basis);
    projection = projection(narrow, model);
  }

  /** For the kernels. */
  PsfModel model() {
    return model;
  }

  /** Square of the cosine between the two, (Σ P B)² / (Σ P² Σ B²), for uniform noise. */
  double projection() {
    return projection;
  }

  /** Centred on a pixel, as a template of {@code 2 radius + 1} pixels. */
  Template template(int radius) {
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
    return new Template("broadened", size, values);
  }

  private static double[] weights(double sigma) {
    int reach = (int) Math.ceil(3.5 * sigma);
    double[] weights = new double[2 * reach + 1];
    double sum = 0;
    for (int k = -reach; k <= reach; k++) {
      weights[k + reach] = Math.exp(-0.5 * k * k / (sigma * sigma));
      sum += weights[k + reach];
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= sum;
    }
    return weights;
  }

  /** Along rows, then along columns; 0 beyond the edges. */
  private static void convolve(float[] from, int at, int n, double[] weights, float[] to) {
    int reach = weights.length / 2;
    float[] rows = new float[n * n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int k = Math.max(-reach, -i); k <= Math.min(reach, n - 1 - i); k++) {
          sum += weights[k + reach] * from[at + j * n + i + k];
        }
        rows[j * n + i] = (float) sum;
      }
    }
    for (int j = 0; j < n; j++) {
      for (int k = Math.max(-reach, -j); k <= Math.min(reach, n - 1 - j); k++) {
        float weight = (float) weights[k + reach];
        for (int i = 0; i < n; i++) {
          to[at + j * n + i] += weight * rows[(j + k) * n + i];
        }
      }
    }
  }

  private static double projection(PsfModel narrow, PsfModel broad) {
    int n = narrow.gridSize();
    double mixed = 0;
    double squares = 0;
    double broadSquares = 0;
    for (int i = 0; i < n * n; i++) {
      mixed += (double) narrow.basis()[i] * broad.basis()[i];
      squares += (double) narrow.basis()[i] * narrow.basis()[i];
      broadSquares += (double) broad.basis()[i] * broad.basis()[i];
    }
    return mixed * mixed / (squares * broadSquares);
  }
}
