package io.github.starlane.core.photometry;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.astrometry.refcat.ReferenceCatalog;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Takes instrumental fluxes to a catalogue's magnitudes: m = value − 2.5 log10(flux) + colourTerm ·
 * (colour − meanColour).
 *
 * @param value magnitude of one electron, at the mean colour of the stars
 * @param colourTerm [mag / mag]; 0 where colours are unknown
 * @param meanColour blue minus red [mag]
 * @param rms of the stars about the fit [mag]
 * @param error of the value [mag]
 * @param stars number that were used
 * @param catalog they were compared with
 */
public record ZeroPoint(
    double value,
    double colourTerm,
    double meanColour,
    double rms,
    double error,
    int stars,
    String catalog) {
  private static final int MINIMUM_STARS = 5;
  private static final int MINIMUM_COLOURS = 20;
  private static final double CLIP = 3;

  /** Magnitude of a flux for a star of mean colour. */
  public double magnitude(double flux) {
    return flux > 0 ? value - 2.5 * Math.log10(flux) : Double.NaN;
  }

  /**
   * Robust fit to matched stars: S/N between 20 and 1000 so that neither noise nor saturation
   * rules. The colour term is fitted where at least 20 stars, and half of all, have a colour; the
   * others then take no part.
   *
   * @param source indices of matched sources
   * @param reference indices of the reference stars they match
   * @return null if there are too few stars
   */
  public static ZeroPoint fit(
      SourceTable sources, int[] source, ReferenceCatalog catalog, int[] reference) {
    double[] difference = new double[source.length];
    double[] colour = new double[source.length];
    int n = 0;
    double[] flux = sources.get(SourceColumn.FLUX_PSF);
    double[] signalToNoise = sources.get(SourceColumn.SN);
    for (int k = 0; k < source.length; k++) {
      double magnitude = catalog.magnitude()[reference[k]];
      double s = signalToNoise[source[k]];
      if (s >= 20 && s <= 1000 && Double.isFinite(magnitude)) {
        difference[n] = magnitude + 2.5 * Math.log10(flux[source[k]]);
        colour[n++] = catalog.colour()[reference[k]];
      }
    }
    if (n < MINIMUM_STARS) {
      return null;
    }
    double[] d = Arrays.copyOf(difference, n);
    double[] c = Arrays.copyOf(colour, n);
    int[] known = IntStream.range(0, n).filter(k -> Double.isFinite(c[k])).toArray();
    // A catalogue lacks the colours of a few stars: these are left out, not the colour term.
    return known.length >= Math.max(MINIMUM_COLOURS, n / 2)
        ? fit(pick(d, known), pick(c, known), true, catalog.name())
        : fit(d, c, false, catalog.name());
  }

  private static double[] pick(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }

  private static ZeroPoint fit(
      double[] difference, double[] colour, boolean coloured, String catalog) {
    double mean = coloured ? Arrays.stream(colour).average().orElse(0) : 0;
    double value = Statistics.median(difference);
    double slope = 0;
    double sigma = Double.NaN;
    int used = 0;
    boolean[] keep = new boolean[difference.length];
    for (int round = 0; round < 8; round++) {
      double[] residuals = new double[difference.length];
      for (int i = 0; i < residuals.length; i++) {
        residuals[i] = Math.abs(residual(difference[i], colour[i], value, slope, mean, coloured));
      }
      sigma = Math.max(1e-4, Statistics.SIGMA_PER_MAD * Statistics.median(residuals));
      used = 0;
      for (int i = 0; i < keep.length; i++) {
        keep[i] = residuals[i] <= CLIP * sigma;
        used += keep[i] ? 1 : 0;
      }
      double[] line = line(difference, colour, keep, mean, coloured);
      value = line[0];
      slope = line[1];
    }
    return new ZeroPoint(
        value, slope, mean, sigma, sigma / Math.sqrt(Math.max(1, used)), used, catalog);
  }

  private static double residual(
      double difference, double colour, double value, double slope, double mean, boolean coloured) {
    return difference - value - (coloured ? slope * (colour - mean) : 0);
  }

  /** {value at the mean colour, slope} by least squares. */
  private static double[] line(
      double[] difference, double[] colour, boolean[] keep, double mean, boolean coloured) {
    double n = 0;
    double sc = 0;
    double sd = 0;
    double scc = 0;
    double scd = 0;
    for (int i = 0; i < keep.length; i++) {
      if (keep[i]) {
        double c = coloured ? colour[i] - mean : 0;
        n++;
        sc += c;
        sd += difference[i];
        scc += c * c;
        scd += c * difference[i];
      }
    }
    double determinant = n * scc - sc * sc;
    double slope = coloured && determinant > 1e-12 * n * n ? (n * scd - sc * sd) / determinant : 0;
    return new double[] {(sd - slope * sc) / n, slope};
  }
}
