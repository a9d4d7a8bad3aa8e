package io.github.starlane.kernels.matchedfilter;

import java.util.Arrays;

/** Local maxima of a map. */
final class LocalMaxima {

  private LocalMaxima() {}

  /**
   * Indices of the pixels at or above the threshold that exceed their 8 neighbours (equal later
   * ones allowed), away from the border, in raster order.
   */
  static int[] find(float[] map, int width, int height, MatchedFilterParameters parameters) {
    int border = Math.max(0, parameters.border());
    float threshold = (float) parameters.threshold();
    int[] found = new int[1024];
    int count = 0;
    for (int y = border; y < height - border; y++) {
      for (int x = border; x < width - border; x++) {
        int i = y * width + x;
        if (map[i] >= threshold && isMaximum(map, width, height, x, y)) {
          if (count == found.length) {
            found = Arrays.copyOf(found, 2 * count);
          }
          found[count++] = i;
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static boolean isMaximum(float[] map, int width, int height, int x, int y) {
    float value = map[y * width + x];
    for (int b = Math.max(0, y - 1); b <= Math.min(height - 1, y + 1); b++) {
      for (int a = Math.max(0, x - 1); a <= Math.min(width - 1, x + 1); a++) {
        float neighbour = map[b * width + a];
        boolean earlier = b < y || (b == y && a < x);
        if (earlier ? neighbour >= value : neighbour > value) {
          return false;
        }
      }
    }
    return true;
  }
}
