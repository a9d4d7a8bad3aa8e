package io.github.starlane.core.psf;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The peaks of a PSF: local maxima that rise by more than a threshold above the highest saddle that
 * joins them to a higher one (topological prominence; grid points are taken in falling order and
 * joined into hills).
 *
 * @param count of peaks
 * @param ratio second highest over highest; 0 for a single one
 * @param distance of these two [pixel]; 0 for a single one
 */
record LocalMaxima(int count, double ratio, double distance) {

  /**
   * Finds them.
   *
   * @param threshold least prominence, above 0
   */
  static LocalMaxima of(PsfGrid grid, double threshold) {
    int[] order =
        IntStream.range(0, grid.values.length)
            .filter(k -> grid.values[k] > threshold)
            .boxed()
            .sorted((a, b) -> Double.compare(grid.values[b], grid.values[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] hill = new int[grid.values.length];
    Arrays.fill(hill, -1);
    int count = order.length == 0 ? 0 : 1;
    int second = -1;
    for (int k : order) {
      hill[k] = k;
      for (int n : neighbours(grid, k)) {
        if (n >= 0 && hill[n] >= 0) {
          int a = root(hill, k);
          int b = root(hill, n);
          int lower = higher(grid, a, b) ? b : a;
          int upper = lower == a ? b : a;
          if (a != b && grid.values[lower] - grid.values[k] > threshold) {
            count++;
            second = second < 0 || higher(grid, lower, second) ? lower : second;
          }
          hill[lower] = upper;
        }
      }
    }
    return second < 0
        ? new LocalMaxima(count, 0, 0)
        : new LocalMaxima(
            count, grid.values[second] / grid.values[order[0]], distance(grid, order[0], second));
  }

  private static boolean higher(PsfGrid grid, int a, int b) {
    return grid.values[a] > grid.values[b] || (grid.values[a] == grid.values[b] && a < b);
  }

  private static int root(int[] hill, int k) {
    int r = k;
    while (hill[r] != r) {
      hill[r] = hill[hill[r]];
      r = hill[r];
    }
    return r;
  }

  private static int[] neighbours(PsfGrid grid, int k) {
    int i = k % grid.size;
    int j = k / grid.size;
    int[] result = new int[8];
    int n = 0;
    for (int v = -1; v <= 1; v++) {
      for (int u = -1; u <= 1; u++) {
        if (u != 0 || v != 0) {
          boolean inside = i + u >= 0 && j + v >= 0 && i + u < grid.size && j + v < grid.size;
          result[n++] = inside ? k + v * grid.size + u : -1;
        }
      }
    }
    return result;
  }

  private static double distance(PsfGrid grid, int a, int b) {
    return Math.hypot(a % grid.size - b % grid.size, a / grid.size - b / grid.size)
        / grid.oversampling;
  }
}
