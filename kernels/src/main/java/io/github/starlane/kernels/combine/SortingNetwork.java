package io.github.starlane.kernels.combine;

import java.util.Arrays;

/**
 * Comparators of Batcher's odd–even merge sort for any number of rows (Knuth, The Art of Computer
 * Programming 3, 5.2.2, algorithm M).
 */
final class SortingNetwork {

  private SortingNetwork() {}

  /** Pairs (i, j), i &lt; j, to be compared and exchanged in this order; flattened. */
  static int[] comparators(int n) {
    int[] pairs = new int[64];
    int count = 0;
    int top = Integer.highestOneBit(Math.max(1, n - 1));
    for (int p = n < 2 ? 0 : top; p > 0; p >>= 1) {
      int q = top;
      int r = 0;
      int d = p;
      while (true) {
        for (int i = 0; i < n - d; i++) {
          if ((i & p) == r) {
            pairs = count + 2 > pairs.length ? Arrays.copyOf(pairs, 2 * count) : pairs;
            pairs[count++] = i;
            pairs[count++] = i + d;
          }
        }
        if (q == p) {
          break;
        }
        d = q - p;
        q >>= 1;
        r = p;
      }
    }
    return Arrays.copyOf(pairs, count);
  }
}
