package io.github.starlane.core.source;

import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.psffit.PsfFitParameters;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.PsfModel;
import io.github.starlane.kernels.psffit.Stars;

/** Fits the PSF to stars of one image, and takes stars off. */
final class StarFitter {
  /**
   * Relative error of the PSF model that is allowed for when faint neighbours of bright stars are
   * looked for.
   */
  private static final double PSF_ERROR = 0.03;

  private final Backend backend;
  private final SourceSettings settings;
  private final MaskPlane mask;
  private final double gain;
  private final Psf psf;
  private final int radius;

  StarFitter(Backend backend, SourceSettings settings, SourceImage image, Psf psf) {
    this.backend = backend;
    this.settings = settings;
    this.mask = image.frame().mask();
    this.gain = image.gain();
    this.psf = psf;
    int wanted =
        settings.fitRadius() > 0 ? settings.fitRadius() : (int) Math.ceil(2.2 * psf.fwhm());
    this.radius = Math.min(psf.model().radius(), Math.max(3, wanted));
  }

  /** How stars are fitted that overlap with others. */
  PsfFitParameters parameters() {
    return parameters(true, settings.groupRadius() * psf.fwhm(), MaskBit.bad());
  }

  PsfFitParameters parameters(boolean fitPosition, double group, int badBits) {
    return new PsfFitParameters(
        radius,
        fitPosition,
        false,
        group,
        settings.maximumGroup(),
        15,
        0.5,
        Math.max(1, 0.7 * psf.fwhm()),
        2e-3,
        gain,
        badBits);
  }

  /** Fits overlapping stars together. */
  PsfFitResult fit(Plane image, Plane variance, Stars stars) {
    return backend.psfFit().fit(image, variance, mask, psf.model(), stars, parameters());
  }

  /** Fits each star as if there were no other. */
  PsfFitResult fitAlone(SkyModel sky, Stars stars, int badBits) {
    return backend
        .psfFit()
        .fit(sky.sky(), sky.variance(), mask, psf.model(), stars, parameters(true, 0, badBits));
  }

  /** Fits fluxes at given positions, of each star alone. */
  PsfFitResult fitFluxes(Plane image, Plane variance, PsfModel model, Stars stars) {
    return backend
        .psfFit()
        .fit(image, variance, mask, model, stars, parameters(false, 0, MaskBit.bad()));
  }

  /**
   * Takes stars off, and lets the variance grow by their noise and by what the PSF may be wrong.
   */
  void takeOff(Stars stars, Plane image, Plane variance) {
    takeOff(stars, image, variance, PSF_ERROR);
  }

  /** The same with another relative error of the PSF. */
  void takeOff(Stars stars, Plane image, Plane variance, double psfError) {
    try (Plane drawn = backend.allocate(image.width(), image.height())) {
      backend.psfFit().addStars(drawn, psf.model(), stars, 1, psf.model().radius());
      backend.arithmetic().subtractLight(image, variance, drawn, gain, psfError);
    }
  }

  /** Takes stars off an image of which the noise is of no interest. */
  void takeOff(Stars stars, Plane image) {
    backend.psfFit().addStars(image, psf.model(), stars, -1, psf.model().radius());
  }
}
