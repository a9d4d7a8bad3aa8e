package io.github.starlane.kernels.combine;

import java.util.Arrays;

/**
 * Merges sorted runs of 8 rows to one sorted list: bitonic merging in its form without reversed
 * comparators (Knuth, The Art of Computer Programming 3, 5.3.4, exercise 10), in which rows beyond
 * the end of the list may simply be left out. Two layers at a time become steps of four rows, which
 * halves the loads and stores.
 */
final class MergeNetwork {

  /** Rows that are sorted before. */
  static final int RUN = 8;

  /** Compare (a, d), (b, c), then (a, b), (c, d). */
  static final int CROSSED = 0;

  /** Compare (a, c), (b, d), then (a, b), (c, d). */
  static final int PARALLEL = 1;

  /** Compare (a, b). */
  static final int PAIR = 2;

  /** Numbers per step: kind, a, b, c, d. */
  static final int STEP = 5;

  private final int rows;
  private int[] steps = new int[64 * STEP];
  private int used;

  private MergeNetwork(int rows) {
    this.rows = rows;
  }

  /** Steps for a list of a multiple of {@link #RUN} rows, flattened. */
  static int[] steps(int rows) {
    MergeNetwork network = new MergeNetwork(rows);
    for (int half = RUN; half < rows; half *= 2) {
      for (int from = 0; from + half < rows; from += 2 * half) {
        network.merge(from, half);
      }
    }
    return Arrays.copyOf(network.steps, network.used);
  }

  private void merge(int from, int half) {
    int quarter = half / 2;
    int last = from + 2 * half - 1;
    for (int k = 0; k < quarter; k++) {
      crossed(from + k, from + k + quarter, last - k - quarter, last - k);
    }
    int end = Math.min(rows, last + 1);
    int distance = quarter / 2;
    for (; distance >= 2; distance /= 4) {
      parallel(from, end, distance / 2);
    }
    if (distance == 1) {
      pairs(from, end);
    }
  }

  private void crossed(int a, int b, int c, int d) {
    if (d < rows) {
      add(CROSSED, a, b, c, d);
    } else {
      if (c < rows) {
        add(PAIR, b, c, 0, 0);
      }
      add(PAIR, a, b, 0, 0);
    }
  }

  /** Distances 2 · step and step within [from, end). */
  private void parallel(int from, int end, int step) {
    for (int start = from; start < end; start += 4 * step) {
      for (int i = start; i < start + step; i++) {
        quartet(i, step, end);
      }
    }
  }

  private void quartet(int i, int step, int end) {
    if (i + 3 * step < end) {
      add(PARALLEL, i, i + step, i + 2 * step, i + 3 * step);
      return;
    }
    if (i + 2 * step < end) {
      add(PAIR, i, i + 2 * step, 0, 0);
    }
    if (i + step < end) {
      add(PAIR, i, i + step, 0, 0);
    }
  }

  private void pairs(int from, int end) {
    for (int i = from; i + 1 < end; i += 2) {
      add(PAIR, i, i + 1, 0, 0);
    }
  }

  private void add(int kind, int a, int b, int c, int d) {
    if (used == steps.length) {
      steps = Arrays.copyOf(steps, 2 * used);
    }
    steps[used] = kind;
    steps[used + 1] = a;
    steps[used + 2] = b;
    steps[used + 3] = c;
    steps[used + 4] = d;
    used += STEP;
  }
}
