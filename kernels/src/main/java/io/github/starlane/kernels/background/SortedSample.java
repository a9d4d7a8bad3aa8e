package io.github.starlane.kernels.background;

import java.util.Arrays;

/** Answers from the sorted pixels. */
final class SortedSample implements BlockSample {

  private float[] values;
  private int count;

  @Override
  public void load(float[] values, int count) {
    this.values = values;
    this.count = count;
    Arrays.sort(values, 0, count);
  }

  @Override
  public float ranked(int rank) {
    return values[rank];
  }

  @Override
  public void moments(float low, float high, float centre, Moments result) {
    int from = firstNotBelow(low);
    int to = firstAbove(high);
    double sum = 0;
    double sumSquares = 0;
    for (int i = from; i < to; i++) {
      double deviation = (double) values[i] - centre;
      sum += deviation;
      sumSquares += deviation * deviation;
    }
    result.clear();
    result.add(from, Math.max(0, to - from), sum, sumSquares);
  }

  @Override
  public void histogram(float low, float binWidth, int[] counts) {
    Histograms.fill(values, count, low, binWidth, counts);
  }

  private int firstNotBelow(float limit) {
    int from = 0;
    int to = count;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (values[middle] < limit) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private int firstAbove(float limit) {
    int from = 0;
    int to = count;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (values[middle] <= limit) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
