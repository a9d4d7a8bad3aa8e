package io.github.starlane.core.pipeline;

import io.github.starlane.core.fits.FitsTable;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a simulation says was there: its truth tables, in the pixels of the light section (FITS
 * convention).
 *
 * @param detections stars × epochs with the Cramér–Rao bounds of their fluxes and positions
 * @param stars the stars' sky positions
 * @param objects moving objects × epochs
 * @param streaks satellite streaks
 */
record SimulationTruth(Detections detections, Stars stars, Objects objects, Streaks streaks) {

  /**
   * Stars × epochs.
   *
   * @param star identifier
   * @param epoch 1-based
   * @param x column [pixel]
   * @param y row [pixel]
   * @param magnitude of the system
   * @param flux [electron]
   * @param fluxBound Cramér–Rao bound of the flux [electron]
   * @param xBound of the column [pixel]
   * @param yBound of the row [pixel]
   * @param neighbour distance of the nearest star of more than a tenth of the flux [pixel]
   */
  record Detections(
      long[] star,
      int[] epoch,
      double[] x,
      double[] y,
      double[] magnitude,
      double[] flux,
      double[] fluxBound,
      double[] xBound,
      double[] yBound,
      double[] neighbour) {

    int count() {
      return star.length;
    }

    double signalToNoise(int i) {
      return flux[i] / fluxBound[i];
    }
  }

  /**
   * Sky positions.
   *
   * @param ra [deg]
   * @param dec [deg]
   * @param colourTerm of the system: system magnitude = catalogue magnitude + colourTerm · colour
   */
  record Stars(double[] ra, double[] dec, double colourTerm) {}

  /**
   * Moving objects.
   *
   * @param epoch 1-based
   * @param x column [pixel]
   * @param y row [pixel]
   */
  record Objects(int[] epoch, double[] x, double[] y) {}

  /**
   * Streaks, by their end points.
   *
   * @param epoch 1-based
   * @param x1 column of one end [pixel]
   * @param y1 row of one end
   * @param x2 column of the other end
   * @param y2 row of the other end
   */
  record Streaks(int[] epoch, double[] x1, double[] y1, double[] x2, double[] y2) {}

  /** Reads the tables of a truth folder. */
  static SimulationTruth read(Path folder) {
    FitsTable d = FitsTable.read(folder.resolve("detections.fits"));
    FitsTable s = FitsTable.read(folder.resolve("stars.fits"));
    FitsTable m = FitsTable.read(folder.resolve("movers.fits"));
    FitsTable t = FitsTable.read(folder.resolve("events.fits"), "STREAKS");
    // Streaks are given in the raw frame: the light section begins at its LIGHTSEC.
    double left = d.doubles("X").length == 0 ? 0 : d.doubles("X")[0] - d.doubles("X_LIGHT")[0];
    double bottom = d.doubles("Y").length == 0 ? 0 : d.doubles("Y")[0] - d.doubles("Y_LIGHT")[0];
    return new SimulationTruth(
        new Detections(
            d.longs("ID"),
            integers(d),
            d.doubles("X_LIGHT"),
            d.doubles("Y_LIGHT"),
            d.doubles("MAG"),
            d.doubles("FLUX"),
            d.doubles("FLUX_CRB"),
            d.doubles("X_CRB"),
            d.doubles("Y_CRB"),
            d.doubles("NEIGHBOUR")),
        new Stars(s.doubles("RA"), s.doubles("DEC"), s.header().number("COLTERM", 0)),
        new Objects(integers(m), m.doubles("X_LIGHT"), m.doubles("Y_LIGHT")),
        new Streaks(
            integers(t),
            less(t.doubles("X1"), left),
            less(t.doubles("Y1"), bottom),
            less(t.doubles("X2"), left),
            less(t.doubles("Y2"), bottom)));
  }

  private static int[] integers(FitsTable table) {
    return Arrays.stream(table.longs("EPOCH")).mapToInt(Math::toIntExact).toArray();
  }

  private static double[] less(double[] values, double by) {
    return Arrays.stream(values).map(v -> v - by).toArray();
  }

  /** Whether a point of an epoch lies on a streak or a moving object, within a distance [pixel]. */
  boolean isPassing(int epoch, double x, double y, double distance) {
    for (int k = 0; k < objects.epoch.length; k++) {
      if (objects.epoch[k] == epoch && Math.hypot(objects.x[k] - x, objects.y[k] - y) <= distance) {
        return true;
      }
    }
    for (int k = 0; k < streaks.epoch.length; k++) {
      if (streaks.epoch[k] == epoch && distanceToStreak(k, x, y) <= distance) {
        return true;
      }
    }
    return false;
  }

  private double distanceToStreak(int k, double x, double y) {
    double dx = streaks.x2[k] - streaks.x1[k];
    double dy = streaks.y2[k] - streaks.y1[k];
    double along = ((x - streaks.x1[k]) * dx + (y - streaks.y1[k]) * dy) / (dx * dx + dy * dy);
    double t = Math.min(1, Math.max(0, along));
    return Math.hypot(x - streaks.x1[k] - t * dx, y - streaks.y1[k] - t * dy);
  }
}
