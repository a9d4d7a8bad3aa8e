package io.github.starlane.core.source;

import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.Stars;

/**
 * How much more extended than a star each source is: the flux of a broadened PSF that fits best, in
 * addition to the PSF, at the source's place; over the PSF's flux.
 *
 * <p>Measured on what all fitted stars leave over. With P the PSF, B the broadened one and r the
 * residual, in which the PSF's own fit leaves nothing (Σ P r = 0), the flux of B in a joint fit of
 * both is Σ B r / Σ B² / (1 − c²) with c² = (Σ P B)² / (Σ P² Σ B²). Stars have 0 within the error;
 * an exponential disc of the PSF's size has about 0.5. Like SExtractor's SPREAD_MODEL in purpose
 * (Desai et al. 2012), but exact at any sub-pixel place and with the neighbours taken off.
 */
final class SpreadMeasurement {
  private final Backend backend;
  private final SourceSettings settings;
  private final SourceImage image;
  private final SkyModel sky;

  SpreadMeasurement(Backend backend, SourceSettings settings, SourceImage image, SkyModel sky) {
    this.backend = backend;
    this.settings = settings;
    this.image = image;
    this.sky = sky;
  }

  /** Adds the columns. */
  void add(SourceTable table, Psf psf, BroadenedPsf broadened) {
    double[] x = table.get(SourceColumn.X);
    double[] y = table.get(SourceColumn.Y);
    double[] flux = table.get(SourceColumn.FLUX_PSF);
    int n = table.count();
    StarFitter fitter = new StarFitter(backend, settings, image, psf);
    PsfFitResult fit;
    try (Plane residual = sky.copy(sky.sky());
        Plane noise = sky.copy(sky.variance())) {
      if (n > 0) {
        fitter.takeOff(drawable(x, y, flux), residual, noise, 0);
      }
      Stars places = new Stars(x, y, new double[n]);
      fit = fitter.fitFluxes(residual, noise, broadened.model(), places);
    }
    double free = 1 - broadened.projection();
    double[] spread = new double[n];
    double[] error = new double[n];
    for (int i = 0; i < n; i++) {
      spread[i] = fit.flux()[i] / free / flux[i];
      error[i] = Math.abs(fit.fluxError()[i] / Math.sqrt(free) / flux[i]);
    }
    table.set(SourceColumn.SPREAD, spread).set(SourceColumn.SPREAD_ERROR, error);
  }

  /** Failed fits count as nothing. */
  private static Stars drawable(double[] x, double[] y, double[] flux) {
    double[] drawn = new double[flux.length];
    double[] column = x.clone();
    double[] row = y.clone();
    for (int i = 0; i < drawn.length; i++) {
      boolean good = Double.isFinite(x[i]) && Double.isFinite(y[i]) && flux[i] > 0;
      drawn[i] = good ? flux[i] : 0;
      column[i] = good ? x[i] : 0;
      row[i] = good ? y[i] : 0;
    }
    return new Stars(column, row, drawn);
  }
}
