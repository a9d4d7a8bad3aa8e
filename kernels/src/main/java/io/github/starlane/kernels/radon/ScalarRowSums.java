package io.github.starlane.kernels.radon;

/** Element by element. */
final class ScalarRowSums implements RowSums {

  @Override
  public void add(float[] a, int aFrom, float[] b, int bFrom, float[] out, int from, int count) {
    for (int i = 0; i < count; i++) {
      out[from + i] = a[aFrom + i] + b[bFrom + i];
    }
  }

  @Override
  public int firstAbove(
      float[] signal, float[] weight, int from, int to, float limit, float leastWeight) {
    return first(signal, weight, from, to, limit, leastWeight);
  }

  static int first(
      float[] signal, float[] weight, int from, int to, float limit, float leastWeight) {
    for (int i = from; i < to; i++) {
      if (signal[i] > 0 && weight[i] >= leastWeight && signal[i] * signal[i] > limit * weight[i]) {
        return i;
      }
    }
    return -1;
  }
}
