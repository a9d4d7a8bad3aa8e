package io.github.starlane.core.source;

import io.github.starlane.kernels.psffit.PsfFitResult;

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
  private SpreadMeasurement() {}

  /** Adds the columns. */
  static void add(SourceTable table, Residual residual, BroadenedPsf broadened) {
    double[] x = table.get(SourceColumn.X);
    double[] y = table.get(SourceColumn.Y);
    double[] flux = table.get(SourceColumn.FLUX_PSF);
    Spread measured = measure(x, y, flux, residual, broadened);
    table.set(SourceColumn.SPREAD, measured.spread());
    table.set(SourceColumn.SPREAD_ERROR, measured.error());
  }

  /** Spread, and its error, of each source. */
  record Spread(double[] spread, double[] error) {}

  /** Measures sources that have been fitted with these PSF fluxes. */
  static Spread measure(
      double[] x, double[] y, double[] flux, Residual residual, BroadenedPsf broadened) {
    PsfFitResult fit = residual.fluxes(broadened.model(), x, y);
    double free = 1 - broadened.projection();
    double[] spread = new double[flux.length];
    double[] error = new double[flux.length];
    for (int i = 0; i < flux.length; i++) {
      spread[i] = fit.flux()[i] / free / flux[i];
      error[i] = Math.abs(fit.fluxError()[i] / Math.sqrt(free) / flux[i]);
    }
    return new Spread(spread, error);
  }
}
