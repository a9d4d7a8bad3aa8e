package io.github.starlane.core.source;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sources as columns of doubles, one entry per source. Columns that were never set are absent. */
public final class SourceTable {
  private final int count;
  private final Map<SourceColumn, double[]> columns = new EnumMap<>(SourceColumn.class);

  /** A table of so many sources and no columns. */
  public SourceTable(int count) {
    this.count = count;
  }

  /** Number of sources. */
  public int count() {
    return count;
  }

  /** Columns that are present, in the order of the dictionary. */
  public Set<SourceColumn> columns() {
    return columns.keySet();
  }

  /** Whether a column is present. */
  public boolean has(SourceColumn column) {
    return columns.containsKey(column);
  }

  /**
   * The values of a column (not a copy).
   *
   * @throws IllegalStateException if it is absent
   */
  public double[] get(SourceColumn column) {
    double[] values = columns.get(column);
    if (values == null) {
      throw new IllegalStateException("column " + column.fitsName() + " has not been measured");
    }
    return values;
  }

  /** Sets a column. */
  public SourceTable set(SourceColumn column, double[] values) {
    if (values.length != count) {
      throw new IllegalArgumentException(
          column + " has " + values.length + " values for " + count + " sources");
    }
    columns.put(column, values);
    return this;
  }

  /** The sources with these indices, in that order. */
  public SourceTable select(int[] indices) {
    SourceTable result = new SourceTable(indices.length);
    columns.forEach(
        (column, values) -> {
          double[] picked = new double[indices.length];
          for (int i = 0; i < indices.length; i++) {
            picked[i] = values[indices[i]];
          }
          result.set(column, picked);
        });
    return result;
  }

  /** The same sources seen from pixels whose origin lies at (−dx, −dy) of these. */
  public SourceTable movedBy(double dx, double dy) {
    SourceTable result = new SourceTable(count);
    columns.forEach(
        (column, values) -> {
          double shift =
              !column.isPixelPosition() ? 0 : column.ucd().contains("cartesian.x") ? dx : dy;
          result.set(column, Arrays.stream(values).map(v -> v + shift).toArray());
        });
    return result;
  }

  /**
   * All sources of some tables, one after the other; with the columns that all of them have. Blends
   * keep numbers of their own.
   */
  public static SourceTable concatenated(List<SourceTable> tables) {
    SourceTable result = new SourceTable(tables.stream().mapToInt(SourceTable::count).sum());
    for (SourceColumn column : SourceColumn.values()) {
      if (!tables.isEmpty() && tables.stream().allMatch(t -> t.has(column))) {
        double[] all = new double[result.count];
        int n = 0;
        double largest = 0;
        for (SourceTable table : tables) {
          double before = column == SourceColumn.GROUP ? largest : 0;
          for (double value : table.get(column)) {
            all[n] = value == 0 ? 0 : value + before;
            largest = Math.max(largest, all[n]);
            n++;
          }
        }
        result.columns.put(column, all);
      }
    }
    return result;
  }
}
