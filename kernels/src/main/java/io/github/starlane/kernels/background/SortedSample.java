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
  public int countWithin(float low, float high) {
    return firstAbove(high) - firstNotBelow(low);
  }

  @Override
  public float ranked(int rank, float low, float high) {
    return values[firstNotBelow(low) + rank];
  }

  @Override
  public void moments(float low, float high, float centre, double[] result) {
    double sum = 0;
    double sumSquares = 0;
    int end = firstAbove(high);
    for (int i = firstNotBelow(low); i < end; i++) {
      double deviation = (double) values[i] - centre;
      sum += deviation;
      sumSquares += deviation * deviation;
    }
    result[0] = sum;
    result[1] = sumSquares;
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
