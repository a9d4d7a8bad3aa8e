package io.github.starlane.core.streak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The streaks of a visit, one row each, with their places on the sky and their angular rates. */
public final class StreakTable {

  /** Rows in the order of the columns. */
  private final List<double[]> rows = new ArrayList<>();

  /**
   * Where and when an image was taken.
   *
   * @param epoch number of the exposure in its visit
   * @param crop number of the crop
   * @param julianDate of mid-exposure (UTC)
   * @param exposureTime [s]
   * @param sky world coordinates; null if they are not known
   */
  public record Image(
      int epoch, int crop, double julianDate, double exposureTime, SkyPosition sky) {}

  /** Adds the streaks of an image; other lines of light get no row. */
  public void add(List<Streak> lines, Image image) {
    for (Streak line : lines) {
      if (line.kind() == StreakKind.STREAK) {
        rows.add(row(line, image));
      }
    }
  }

  /** Number of streaks. */
  public int count() {
    return rows.size();
  }

  /** The values of a column. */
  public double[] get(StreakColumn column) {
    int k = Arrays.asList(StreakColumn.values()).indexOf(column);
    return rows.stream().mapToDouble(row -> row[k]).toArray();
  }

  private static double[] row(Streak streak, Image image) {
    Map<StreakColumn, Double> row = new EnumMap<>(StreakColumn.class);
    row.put(StreakColumn.EPOCH, (double) image.epoch());
    row.put(StreakColumn.CROP, (double) image.crop());
    row.put(StreakColumn.JD, image.julianDate());
    row.put(StreakColumn.EXPOSURE_TIME, image.exposureTime());
    addShape(row, streak);
    addLight(row, streak);
    addSky(row, streak, image);
    return Arrays.stream(StreakColumn.values()).mapToDouble(row::get).toArray();
  }

  private static void addShape(Map<StreakColumn, Double> row, Streak streak) {
    StreakEnd first = streak.first();
    StreakEnd second = streak.second();
    row.put(StreakColumn.X_1, first.x());
    row.put(StreakColumn.Y_1, first.y());
    row.put(StreakColumn.X_1_ERROR, first.xError());
    row.put(StreakColumn.Y_1_ERROR, first.yError());
    row.put(StreakColumn.EDGE_1, first.atEdge() ? 1.0 : 0);
    row.put(StreakColumn.X_2, second.x());
    row.put(StreakColumn.Y_2, second.y());
    row.put(StreakColumn.X_2_ERROR, second.xError());
    row.put(StreakColumn.Y_2_ERROR, second.yError());
    row.put(StreakColumn.EDGE_2, second.atEdge() ? 1.0 : 0);
    row.put(StreakColumn.LENGTH, streak.length());
    row.put(StreakColumn.ANGLE, streak.angle());
    row.put(StreakColumn.FWHM, streak.fwhm());
    row.put(StreakColumn.FWHM_ERROR, streak.fwhmError());
  }

  private static void addLight(Map<StreakColumn, Double> row, Streak streak) {
    row.put(StreakColumn.SN, streak.signalToNoise());
    row.put(StreakColumn.FLUX_PER_LENGTH, streak.fluxPerLength());
    row.put(StreakColumn.FLUX_PER_LENGTH_ERROR, streak.fluxPerLengthError());
    row.put(StreakColumn.FLUX, streak.flux());
    row.put(StreakColumn.FLUX_ERROR, streak.fluxError());
    row.put(StreakColumn.CHI2DOF, streak.chiSquare());
  }

  private static void addSky(Map<StreakColumn, Double> row, Streak streak, Image image) {
    double[] unknown = {Double.NaN, Double.NaN};
    SkyPosition sky = image.sky() == null ? (x, y) -> unknown : image.sky();
    double[] first = sky.of(streak.first().x(), streak.first().y());
    double[] second = sky.of(streak.second().x(), streak.second().y());
    row.put(StreakColumn.RA_1, first[0]);
    row.put(StreakColumn.DEC_1, first[1]);
    row.put(StreakColumn.RA_2, second[0]);
    row.put(StreakColumn.DEC_2, second[1]);
    double turn = Math.toRadians(second[0] - first[0]);
    double from = Math.toRadians(first[1]);
    double to = Math.toRadians(second[1]);
    double east = Math.cos(to) * Math.sin(turn);
    double north = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(turn);
    double towards = Math.sin(from) * Math.sin(to) + Math.cos(from) * Math.cos(to) * Math.cos(turn);
    double distance = 3600 * Math.toDegrees(Math.atan2(Math.hypot(east, north), towards));
    double angle = Math.toDegrees(Math.atan2(east, north));
    row.put(StreakColumn.ANGULAR_LENGTH, distance);
    row.put(StreakColumn.POSITION_ANGLE, angle < 0 ? angle + 360 : angle);
    row.put(
        StreakColumn.RATE, image.exposureTime() > 0 ? distance / image.exposureTime() : Double.NaN);
  }
}
