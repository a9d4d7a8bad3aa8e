package io.github.starlane.testdata;

import java.util.Arrays;

/** Finds the nearest star that is bright enough, by sorting the stars into square cells. */
final class NeighbourGrid {
  /** Neighbours are sought up to this distance [px]. */
  static final double LIMIT = 64;

  private static final int CELL = 16;

  private final double[] x;
  private final double[] y;
  private final double[] flux;
  private final int columns;
  private final int rows;
  private final int[] starts;
  private final int[] members;

  /** Stars at 0-based pixels of the light area; those farther than LIMIT outside are left out. */
  NeighbourGrid(double[] x, double[] y, double[] flux, FrameGeometry frame) {
    this.x = x;
    this.y = y;
    this.flux = flux;
    columns = (int) ((frame.lightWidth() + 2 * LIMIT) / CELL) + 1;
    rows = (int) ((frame.lightHeight() + 2 * LIMIT) / CELL) + 1;
    starts = new int[columns * rows + 1];
    for (int i = 0; i < x.length; i++) {
      if (covers(i)) {
        starts[cell(i) + 1]++;
      }
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    members = new int[starts[starts.length - 1]];
    int[] next = starts.clone();
    for (int i = 0; i < x.length; i++) {
      if (covers(i)) {
        members[next[cell(i)]++] = i;
      }
    }
  }

  private static int index(double pixel) {
    return (int) Math.floor((pixel + LIMIT) / CELL);
  }

  private boolean covers(int i) {
    int column = index(x[i]);
    int row = index(y[i]);
    return column >= 0 && row >= 0 && column < columns && row < rows;
  }

  private int cell(int i) {
    return index(y[i]) * columns + index(x[i]);
  }

  /**
   * Distance from star {@code i} to the nearest other star with more than {@code minimum}
   * electrons, or {@link #LIMIT} if there is none nearer [px].
   */
  double nearest(int i, double minimum) {
    double best2 = LIMIT * LIMIT;
    int column = index(x[i]);
    int row = index(y[i]);
    for (int ring = 0; ring <= LIMIT / CELL + 1; ring++) {
      double least = (ring - 1) * (double) CELL;
      if (ring > 1 && least * least > best2) {
        break;
      }
      for (int r = Math.max(0, row - ring); r <= Math.min(rows - 1, row + ring); r++) {
        boolean whole = Math.abs(r - row) == ring;
        for (int c = column - ring; c <= column + ring; c += whole ? 1 : Math.max(1, 2 * ring)) {
          if (c >= 0 && c < columns) {
            best2 = Math.min(best2, nearestIn(r * columns + c, i, minimum));
          }
        }
      }
    }
    return Math.sqrt(best2);
  }

  private double nearestIn(int cell, int i, double minimum) {
    double best2 = Double.MAX_VALUE;
    for (int m = starts[cell]; m < starts[cell + 1]; m++) {
      int other = members[m];
      if (other != i && flux[other] > minimum) {
        double dx = x[other] - x[i];
        double dy = y[other] - y[i];
        best2 = Math.min(best2, dx * dx + dy * dy);
      }
    }
    return best2;
  }
}
