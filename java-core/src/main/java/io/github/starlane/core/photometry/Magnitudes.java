package io.github.starlane.core.photometry;

import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;

/**
 * Magnitudes of all fluxes of a table by one zero point, which is that of total fluxes: m = zero
 * point − 2.5 log10(flux). Those of apertures are of the light inside; −2.5 log10(APCOR_n) takes
 * them to total ones, of stars.
 */
public final class Magnitudes {
  private static final double MAGNITUDE_PER_RELATIVE_FLUX = 2.5 / Math.log(10);

  /** Flux, its error, magnitude, its error. */
  private static final SourceColumn[][] COLUMNS = {
    {
      SourceColumn.FLUX_PSF,
      SourceColumn.FLUX_PSF_ERROR,
      SourceColumn.MAG_PSF,
      SourceColumn.MAG_PSF_ERROR
    },
    {
      SourceColumn.FLUX_AUTO,
      SourceColumn.FLUX_AUTO_ERROR,
      SourceColumn.MAG_AUTO,
      SourceColumn.MAG_AUTO_ERROR
    },
    {
      SourceColumn.FLUX_APERTURE_1,
      SourceColumn.FLUX_APERTURE_ERROR_1,
      SourceColumn.MAG_APERTURE_1,
      SourceColumn.MAG_APERTURE_ERROR_1
    },
    {
      SourceColumn.FLUX_APERTURE_2,
      SourceColumn.FLUX_APERTURE_ERROR_2,
      SourceColumn.MAG_APERTURE_2,
      SourceColumn.MAG_APERTURE_ERROR_2
    },
    {
      SourceColumn.FLUX_APERTURE_3,
      SourceColumn.FLUX_APERTURE_ERROR_3,
      SourceColumn.MAG_APERTURE_3,
      SourceColumn.MAG_APERTURE_ERROR_3
    },
    {
      SourceColumn.FLUX_APERTURE_4,
      SourceColumn.FLUX_APERTURE_ERROR_4,
      SourceColumn.MAG_APERTURE_4,
      SourceColumn.MAG_APERTURE_ERROR_4
    }
  };

  private Magnitudes() {}

  /**
   * Adds magnitudes and their errors, without that of the zero point; NaN where the flux is not
   * positive. Apertures that were not measured get none.
   *
   * @param zeroPoint magnitude of one electron [mag]; nothing is added if it is not finite
   */
  public static void add(SourceTable sources, double zeroPoint) {
    if (!Double.isFinite(zeroPoint)) {
      return;
    }
    for (SourceColumn[] c : COLUMNS) {
      if (sources.has(c[0])) {
        double[] flux = sources.get(c[0]);
        double[] error = sources.get(c[1]);
        double[] magnitude = new double[flux.length];
        double[] magnitudeError = new double[flux.length];
        for (int i = 0; i < flux.length; i++) {
          boolean positive = flux[i] > 0;
          magnitude[i] = positive ? zeroPoint - 2.5 * Math.log10(flux[i]) : Double.NaN;
          magnitudeError[i] =
              positive ? MAGNITUDE_PER_RELATIVE_FLUX * error[i] / flux[i] : Double.NaN;
        }
        sources.set(c[2], magnitude).set(c[3], magnitudeError);
      }
    }
  }
}
