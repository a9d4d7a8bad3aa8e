package io.github.starlane.kernels.background;

/** How many pixels lie in an interval, and their sums about a centre. */
final class Moments {

  /** Pixels below the interval. */
  int below;

  /** Pixels in the interval, ends included. */
  int within;

  /** Σ (v − centre) of those in the interval. */
  double sum;

  /** Σ (v − centre)² of those in the interval. */
  double sumSquares;

  void clear() {
    below = 0;
    within = 0;
    sum = 0;
    sumSquares = 0;
  }

  void add(int moreBelow, int moreWithin, double moreSum, double moreSquares) {
    below += moreBelow;
    within += moreWithin;
    sum += moreSum;
    sumSquares += moreSquares;
  }

  double mean() {
    return sum / within;
  }

  double deviation() {
    return Math.sqrt(Math.max(0, sumSquares / within - mean() * mean()));
  }
}
