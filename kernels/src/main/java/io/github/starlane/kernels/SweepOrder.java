package io.github.starlane.kernels;

import java.util.Arrays;

/**
 * The order in which scattered places of an image are best visited: strip by strip from the first
 * row on, along each strip from the left, so that what one visit brings into the cache the next
 * ones find there. Sources come sorted by brightness, and each would have to wait for its pixels.
 */
public final class SweepOrder {

  /** A strip of this many rows of three planes fits into the cache. */
  private static final int ROWS = 32;

  /**
   * Bits of an index, of a column and of a strip; strips and columns outside count as the rim's.
   */
  private static final int INDEX_BITS = 31;

  private static final int COLUMN_BITS = 18;
  private static final int STRIP_BITS = 14;

  private SweepOrder() {}

  /**
   * The indices of all places in the order of the sweep, those in the same pixel column of a strip
   * in growing order. Places that are not finite have some place in it, too.
   */
  public static int[] of(double[] x, double[] y) {
    long[] keys = new long[x.length];
    for (int i = 0; i < keys.length; i++) {
      long strip = limited(y[i] / ROWS, STRIP_BITS);
      long column = limited(x[i], COLUMN_BITS);
      keys[i] = ((strip << COLUMN_BITS | column) << INDEX_BITS) | i;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) (keys[i] & Integer.MAX_VALUE);
    }
    return order;
  }

  private static long limited(double value, int bits) {
    return Double.isNaN(value) ? 0 : (long) Math.clamp(value, 0, (1L << bits) - 1);
  }
}
