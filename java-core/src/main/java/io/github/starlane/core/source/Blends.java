package io.github.starlane.core.source;

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
    int n = table.count();
    PositionIndex index = new PositionIndex(x, y, distance);
    double[] neighbours = new double[n];
    double[] group = new double[n];
    int[] stack = new int[n];
    for (int i = 0; i < n; i++) {
      if (group[i] != 0) {
        continue;
      }
      int count = 0;
      stack[count++] = i;
      group[i] = i + 1;
      while (count > 0) {
        int member = stack[--count];
        int[] near = index.within(x[member], y[member]);
        neighbours[member] = Math.max(0, near.length - 1);
        for (int other : near) {
          if (group[other] == 0) {
            group[other] = i + 1;
            stack[count++] = other;
          }
        }
      }
    }
    double[] shared = group;
    Arrays.setAll(group, i -> neighbours[i] == 0 ? 0 : shared[i]);
    table.set(SourceColumn.NEIGHBOURS, neighbours).set(SourceColumn.GROUP, group);
  }
}
