package io.github.starlane.core.fits;

import java.util.logging.Level;
import java.util.logging.Logger;
import nom.tam.fits.FitsFactory;

/** Settings of the FITS library, which holds them in static variables. */
final class NomTam {
  /** Held here, as loggers that nobody holds forget their level. */
  private static final Logger LOGGER = Logger.getLogger("nom.tam");

  static {
    FitsFactory.setUseHierarch(true);
    FitsFactory.setLongStringsEnabled(true);
  }

  private NomTam() {}

  /** Makes sure that the settings hold. */
  static void prepare() {
    // It logs, with stack traces, what it can live with; what matters of that is in our remarks.
    LOGGER.setLevel(Level.OFF);
  }
}
