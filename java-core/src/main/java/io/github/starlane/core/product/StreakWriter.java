package io.github.starlane.core.product;

import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.fits.FitsWriter;
import io.github.starlane.core.streak.StreakColumn;
import io.github.starlane.core.streak.StreakTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes the streaks of a visit as a FITS binary table; every column is double precision. */
public final class StreakWriter {

  private StreakWriter() {}

  /**
   * Writes a table, which may have no rows.
   *
   * @param cards of the visit
   */
  public static void write(Path path, StreakTable table, FitsCards cards) {
    List<FitsWriter.Column> columns = new ArrayList<>();
    for (StreakColumn column : StreakColumn.values()) {
      double[] values = table.get(column);
      if (column.isPixelPosition()) {
        values = Arrays.stream(values).map(v -> v + 1).toArray();
      }
      columns.add(
          new FitsWriter.Column(
              column.fitsName(), column.unit(), column.ucd(), column.description(), values));
    }
    new FitsWriter().cardsOnly(new FitsCards()).table("STREAKS", columns, cards).write(path);
  }
}
