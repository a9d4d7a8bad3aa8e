package io.github.starlane.core.source;

import io.github.starlane.core.PositionIndex;
import java.util.Arrays;

/** Which sources belong together: those linked by distances below that of a joint fit. */
final class Blends {
  private final double distance;

  /** Sources nearer than this are neighbours [pixel]. */
  Blends(double distance) {
    this.distance = distance;
  }

  /** Adds the columns: number of neighbours, and the group. */
  void add(SourceTable table) {
    double[] x = table.get(SourceColumn.X);
    double[] y = table.get(SourceColumn.Y);
    PositionIndex index = new PositionIndex(x, y, distance);
    double[] neighbours = new double[x.length];
    Arrays.setAll(neighbours, i -> Math.max(0, index.within(x[i], y[i]).length - 1));
    int[] groups = groups(x, y);
    double[] numbers = new double[x.length];
    Arrays.setAll(numbers, i -> neighbours[i] == 0 ? 0 : groups[i] + 1);
    table.set(SourceColumn.NEIGHBOURS, neighbours).set(SourceColumn.GROUP, numbers);
  }

  /** For each place the index of the first one of its group. */
  int[] groups(double[] x, double[] y) {
    PositionIndex index = new PositionIndex(x, y, distance);
    int[] group = new int[x.length];
    Arrays.fill(group, -1);
    int[] stack = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      int count = 0;
      if (group[i] < 0) {
        stack[count++] = i;
        group[i] = i;
      }
      while (count > 0) {
        int member = stack[--count];
        for (int other : index.within(x[member], y[member])) {
          if (group[other] < 0) {
            group[other] = i;
            stack[count++] = other;
          }
        }
      }
    }
    return group;
  }
}
