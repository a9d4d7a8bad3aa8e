package io.github.starlane.core;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds those of many points in the plane that lie within a fixed distance of a place, by a grid of
 * cells of that size.
 */
public final class PositionIndex {
  private final double[] x;
  private final double[] y;
  private final double distance;
  private final double cellSize;
  private final double originX;
  private final double originY;
  private final int columns;
  private final int rows;
  private final int[] start;
  private final int[] order;

  /**
   * An index.
   *
   * @param x columns; points that are not finite are never found
   * @param y rows
   * @param distance largest distance of a neighbour, above 0
   */
  public PositionIndex(double[] x, double[] y, double distance) {
    this.x = x;
    this.y = y;
    this.distance = distance;
    originX = Arrays.stream(x).filter(Double::isFinite).min().orElse(0);
    originY = Arrays.stream(y).filter(Double::isFinite).min().orElse(0);
    double maxX = Arrays.stream(x).filter(Double::isFinite).max().orElse(0);
    double maxY = Arrays.stream(y).filter(Double::isFinite).max().orElse(0);
    // Cells no smaller than needed to keep their number near that of the points.
    double cells = Math.max(1, Math.sqrt(4.0 * x.length));
    double cell = Math.max(distance, Math.max(maxX - originX, maxY - originY) / cells);
    this.cellSize = cell;
    columns = (int) ((maxX - originX) / cell) + 1;
    rows = (int) ((maxY - originY) / cell) + 1;
    start = new int[columns * rows + 1];
    order = new int[x.length];
    fill();
  }

  private void fill() {
    int[] cellOf = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      cellOf[i] =
          Double.isFinite(x[i]) && Double.isFinite(y[i]) ? row(y[i]) * columns + column(x[i]) : -1;
      if (cellOf[i] >= 0) {
        start[cellOf[i] + 1]++;
      }
    }
    for (int c = 0; c < columns * rows; c++) {
      start[c + 1] += start[c];
    }
    int[] next = start.clone();
    for (int i = 0; i < x.length; i++) {
      if (cellOf[i] >= 0) {
        order[next[cellOf[i]]++] = i;
      }
    }
  }

  private int column(double px) {
    return (int) Math.floor((px - originX) / cellSize);
  }

  private int row(double py) {
    return (int) Math.floor((py - originY) / cellSize);
  }

  /** Indices of all points within the distance, in growing order. */
  public int[] within(double px, double py) {
    IntStream.Builder found = IntStream.builder();
    for (int r = Math.max(0, row(py) - 1); r <= Math.min(rows - 1, row(py) + 1); r++) {
      for (int c = Math.max(0, column(px) - 1); c <= Math.min(columns - 1, column(px) + 1); c++) {
        for (int k = start[r * columns + c]; k < start[r * columns + c + 1]; k++) {
          int i = order[k];
          double squared = (x[i] - px) * (x[i] - px) + (y[i] - py) * (y[i] - py);
          if (squared <= distance * distance) {
            found.add(i);
          }
        }
      }
    }
    return found.build().sorted().toArray();
  }

  /** Index of the nearest point within the distance; −1 if there is none. */
  public int nearest(double px, double py) {
    return nearest(px, py, -1);
  }

  /** The same, leaving one point out. */
  public int nearest(double px, double py, int except) {
    int best = -1;
    double bestSquared = distance * distance;
    for (int r = Math.max(0, row(py) - 1); r <= Math.min(rows - 1, row(py) + 1); r++) {
      for (int c = Math.max(0, column(px) - 1); c <= Math.min(columns - 1, column(px) + 1); c++) {
        for (int k = start[r * columns + c]; k < start[r * columns + c + 1]; k++) {
          int i = order[k];
          double squared = (x[i] - px) * (x[i] - px) + (y[i] - py) * (y[i] - py);
          if (squared <= bestSquared && i != except) {
            bestSquared = squared;
            best = i;
          }
        }
      }
    }
    return best;
  }
}
