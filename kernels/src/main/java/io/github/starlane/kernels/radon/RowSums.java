package io.github.starlane.kernels.radon;

/** What is done to rows of sums; the versions differ in nothing else. */
interface RowSums {

  /** out = a + b, element by element. */
  void add(float[] a, int aFrom, float[] b, int bFrom, float[] out, int from, int count);

  /**
   * Index of the first element where {@code signal > 0}, {@code weight ≥ leastWeight} and {@code
   * signal² > limit · weight}, in float32; −1 if there is none.
   *
   * @param from first index looked at
   */
  int firstAbove(float[] signal, float[] weight, int from, int to, float limit, float leastWeight);
}
