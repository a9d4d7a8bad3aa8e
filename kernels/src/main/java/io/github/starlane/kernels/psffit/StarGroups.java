package io.github.starlane.kernels.psffit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Sorts stars into groups that are fitted jointly: friends of friends. */
final class StarGroups {

  private StarGroups() {}

  /**
   * Groups of stars that are linked by distances below {@code radius}. Each group is a list of
   * parts, more than one where it has more than {@code maximum} stars; each part lists stars in
   * growing order. Stars without a finite position stand alone.
   */
  static List<List<int[]>> link(Stars stars, double radius, int maximum) {
    int n = stars.count();
    int[] parent = IntStream.range(0, n).toArray();
    if (radius > 0) {
      linkNeighbours(stars, radius, parent);
    }
    List<List<Integer>> members = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      members.add(new ArrayList<>());
    }
    for (int i = 0; i < n; i++) {
      members.get(root(parent, i)).add(i);
    }
    List<List<int[]>> groups = new ArrayList<>();
    for (List<Integer> group : members) {
      if (!group.isEmpty()) {
        List<int[]> parts = new ArrayList<>();
        cut(
            stars,
            group.stream().mapToInt(Integer::intValue).toArray(),
            Math.max(1, maximum),
            parts);
        groups.add(parts);
      }
    }
    return groups;
  }

  private static void linkNeighbours(Stars stars, double radius, int[] parent) {
    int[] byRow =
        IntStream.range(0, stars.count())
            .filter(i -> Double.isFinite(stars.x()[i]) && Double.isFinite(stars.y()[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> stars.y()[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int a = 0; a < byRow.length; a++) {
      int i = byRow[a];
      for (int b = a + 1; b < byRow.length; b++) {
        int j = byRow[b];
        if (stars.y()[j] - stars.y()[i] >= radius) {
          break;
        }
        if (Math.hypot(stars.x()[j] - stars.x()[i], stars.y()[j] - stars.y()[i]) < radius) {
          int rootI = root(parent, i);
          int rootJ = root(parent, j);
          // The smallest index becomes the root: groups do not depend on the order of linking.
          parent[Math.max(rootI, rootJ)] = Math.min(rootI, rootJ);
        }
      }
    }
  }

  private static int root(int[] parent, int i) {
    int at = i;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  /** Halves a group across its longer side until its parts are small enough. */
  private static void cut(Stars stars, int[] group, int maximum, List<int[]> parts) {
    if (group.length <= maximum) {
      int[] sorted = group.clone();
      Arrays.sort(sorted);
      parts.add(sorted);
      return;
    }
    double[] along = extent(stars.x(), group) >= extent(stars.y(), group) ? stars.x() : stars.y();
    int[] sorted =
        IntStream.of(group)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(i -> along[i]).thenComparingInt(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
    int half = sorted.length / 2;
    cut(stars, Arrays.copyOfRange(sorted, 0, half), maximum, parts);
    cut(stars, Arrays.copyOfRange(sorted, half, sorted.length), maximum, parts);
  }

  private static double extent(double[] position, int[] group) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i : group) {
      low = Math.min(low, position[i]);
      high = Math.max(high, position[i]);
    }
    return high - low;
  }
}
