package io.github.starlane.core.pipeline;

import io.github.starlane.core.astrometry.wcs.Wcs;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;

/** Right ascension and declination of the sources of a table. */
final class SkyPositions {
  private SkyPositions() {}

  /** Adds the columns. */
  static void add(SourceTable table, Wcs wcs) {
    double[] x = table.get(SourceColumn.X);
    double[] y = table.get(SourceColumn.Y);
    double[] ra = new double[table.count()];
    double[] dec = new double[table.count()];
    for (int i = 0; i < ra.length; i++) {
      double[] sky = wcs.toSky(x[i], y[i]);
      ra[i] = sky[0];
      dec[i] = sky[1];
    }
    table.set(SourceColumn.RA, ra).set(SourceColumn.DEC, dec);
  }
}
