package io.github.starlane.core.astrometry.refcat;

import io.github.starlane.core.astrometry.wcs.TangentPlane;
import io.github.starlane.core.fits.FitsTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Reference stars at one epoch, brightest first. What the catalogue does not know is NaN.
 *
 * @param name of the catalogue
 * @param ra [deg]
 * @param dec [deg]
 * @param positionError 1-σ, mean of both axes [mas]
 * @param magnitude in the catalogue's main band
 * @param colour blue minus red [mag]
 */
public record ReferenceCatalog(
    String name,
    double[] ra,
    double[] dec,
    double[] positionError,
    double[] magnitude,
    double[] colour) {

  private static final double DAYS_PER_YEAR = 365.25;
  private static final double J2000 = 2451545.0;
  private static final double MAS_PER_DEGREE = 3.6e6;

  /** Number of stars. */
  public int count() {
    return ra.length;
  }

  /**
   * Reads a FITS table with Gaia-like columns (RA, DEC [deg]; PMRA, PMDEC [mas/yr]; RA_ERR, DEC_ERR
   * [mas]; MAG_G or MAG; MAG_BP, MAG_RP) and moves the stars by their proper motion.
   *
   * @param julianDate of the exposures
   */
  public static ReferenceCatalog read(Path path, double julianDate) {
    FitsTable table = FitsTable.read(path);
    double[] ra = table.doubles("RA").clone();
    double[] dec = table.doubles("DEC").clone();
    double[] pmRa = optional(table, "PMRA", 0);
    double[] pmDec = optional(table, "PMDEC", 0);
    double years =
        2000 + (julianDate - J2000) / DAYS_PER_YEAR - table.header().number("EPOCH", 2016.0);
    for (int i = 0; i < ra.length && Double.isFinite(years); i++) {
      double motionRa = Double.isFinite(pmRa[i]) ? pmRa[i] : 0;
      double motionDec = Double.isFinite(pmDec[i]) ? pmDec[i] : 0;
      ra[i] += years * motionRa / MAS_PER_DEGREE / Math.cos(Math.toRadians(dec[i]));
      dec[i] += years * motionDec / MAS_PER_DEGREE;
    }
    double[] errorRa = optional(table, "RA_ERR", Double.NaN);
    double[] errorDec = optional(table, "DEC_ERR", Double.NaN);
    double[] error = new double[ra.length];
    double[] blue = optional(table, "MAG_BP", Double.NaN);
    double[] red = optional(table, "MAG_RP", Double.NaN);
    double[] colour = new double[ra.length];
    for (int i = 0; i < ra.length; i++) {
      error[i] = Math.sqrt((errorRa[i] * errorRa[i] + errorDec[i] * errorDec[i]) / 2);
      colour[i] = blue[i] - red[i];
    }
    double[] magnitude =
        table.has("MAG_G") ? table.doubles("MAG_G") : optional(table, "MAG", Double.NaN);
    return new ReferenceCatalog(path.getFileName().toString(), ra, dec, error, magnitude, colour)
        .sorted();
  }

  private static double[] optional(FitsTable table, String column, double absent) {
    if (table.has(column)) {
      return table.doubles(column);
    }
    double[] values = new double[table.rows()];
    Arrays.fill(values, absent);
    return values;
  }

  private ReferenceCatalog sorted() {
    return select(
        IntStream.range(0, count())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> magnitude[i]))
            .mapToInt(i -> i)
            .toArray());
  }

  /** Indices of the stars within a radius [deg] of a direction [deg], brightest first. */
  public int[] within(double centreRa, double centreDec, double radius) {
    return IntStream.range(0, count())
        .filter(i -> Math.abs(dec[i] - centreDec) <= radius)
        .filter(i -> TangentPlane.separation(ra[i], dec[i], centreRa, centreDec) <= radius)
        .toArray();
  }

  /** The stars with these indices. */
  public ReferenceCatalog select(int[] indices) {
    return new ReferenceCatalog(
        name,
        pick(ra, indices),
        pick(dec, indices),
        pick(positionError, indices),
        pick(magnitude, indices),
        pick(colour, indices));
  }

  private static double[] pick(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }
}
