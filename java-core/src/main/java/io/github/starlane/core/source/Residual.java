package io.github.starlane.core.source;

import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.PsfModel;
import io.github.starlane.kernels.psffit.Stars;

/** What the fitted stars leave over of an image, and its noise, with that of the stars. */
final class Residual implements AutoCloseable {
  private final Backend backend;
  private final SkyModel sky;
  private final Psf psf;
  private final StarFitter fitter;
  private final Plane image;
  private final Plane noise;

  /**
   * Takes the stars off.
   *
   * @param fit of all of them; those whose fit failed count as nothing
   */
  Residual(
      Backend backend,
      SourceSettings settings,
      SourceImage source,
      SkyModel sky,
      PsfFitResult fit,
      Psf psf) {
    fitter = new StarFitter(backend, settings, source, sky, psf);
    this.backend = backend;
    this.sky = sky;
    this.psf = psf;
    image = sky.copy(sky.sky());
    noise = sky.copy(sky.variance());
    subtract(fit);
  }

  /** Puts some of the stars back, as they were fitted. */
  void putBack(PsfFitResult some) {
    fitter.putBack(drawable(some), image, noise);
  }

  /** Takes stars off that are in the image, such as those that were put back. */
  void takeOff(PsfFitResult some) {
    fitter.takeOffAgain(drawable(some), image, noise);
  }

  private void subtract(PsfFitResult fit) {
    Stars stars = drawable(fit);
    if (stars.count() > 0) {
      fitter.takeOff(stars, image, noise, 0);
    }
  }

  /** The image without background, halos and stars. */
  Plane image() {
    return image;
  }

  /** The same where some stars have been put back; the caller closes it. */
  Plane withBack(Stars stars) {
    Plane copy = sky.copy(image);
    if (stars.count() > 0) {
      backend.psfFit().addStars(copy, psf.model(), stars, 1, psf.model().radius());
    }
    return copy;
  }

  /** Noise variance, that of the stars included. */
  Plane noise() {
    return noise;
  }

  /** Fluxes of a model at given places, each alone. */
  PsfFitResult fluxes(PsfModel model, double[] x, double[] y) {
    return fitter.fitFluxes(image, noise, model, new Stars(x, y, new double[x.length]));
  }

  /** Stars whose fits failed have no flux. */
  static Stars drawable(PsfFitResult fit) {
    int n = fit.x().length;
    double[] flux = new double[n];
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      boolean good = Double.isFinite(fit.x()[i]) && Double.isFinite(fit.y()[i]);
      if (good && fit.flux()[i] > 0) {
        flux[i] = fit.flux()[i];
        x[i] = fit.x()[i];
        y[i] = fit.y()[i];
      }
    }
    return new Stars(x, y, flux);
  }

  @Override
  public void close() {
    image.close();
    noise.close();
  }
}
