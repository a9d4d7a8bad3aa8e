package io.github.starlane.kernels.matchedfilter;

import java.util.Arrays;

/**
 * Local maxima of a map, found while it is being made: as soon as the row after is there, for as
 * long as it is in the cache.
 */
final class LocalMaxima {

  /**
   * A source between four pixels has at least so much of its S/N at the nearest one, for FWHM of
   * two pixels and more.
   */
  private static final double LEAST_ON_PIXEL = 0.8;

  private final float[] map;
  private final int width;
  private final int height;
  private final int border;
  private final float threshold;
  private int[] found = new int[1024];
  private int count;
  private int next;

  LocalMaxima(float[] map, int width, int height, MatchedFilterParameters parameters) {
    this.map = map;
    this.width = width;
    this.height = height;
    border = Math.max(0, parameters.border());
    threshold = (float) (LEAST_ON_PIXEL * parameters.threshold());
    next = border;
  }

  /** Looks at the rows that have all their neighbours, now that so many rows are made. */
  void rowsAreMade(int rows) {
    int end = Math.min(rows == height ? height : rows - 1, height - border);
    for (; next < end; next++) {
      for (int x = border; x < width - border; x++) {
        int i = next * width + x;
        if (map[i] >= threshold && isMaximum(x, next)) {
          add(i);
        }
      }
    }
  }

  private void add(int index) {
    if (count == found.length) {
      found = Arrays.copyOf(found, 2 * count);
    }
    found[count++] = index;
  }

  /**
   * Indices of the pixels whose maximum may reach the threshold, and that exceed their 8 neighbours
   * (equal later ones allowed), away from the border, in raster order.
   */
  int[] found() {
    return Arrays.copyOf(found, count);
  }

  private boolean isMaximum(int x, int y) {
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
