package io.github.starlane.kernels.radon;

/** What is done to rows of pixels and of sums; the versions differ in nothing else. */
interface RowSums {

  /** out = a + b, element by element. */
  void add(float[] a, int aFrom, float[] b, int bFrom, float[] out, int from, int count);

  /**
   * Index of the first element above a limit; −1 if there is none.
   *
   * @param from first index looked at
   */
  int firstAbove(float[] values, int from, int to, float limit);

  /**
   * Adds a row of pixels, weighted by their variance: {@code signal += I / V}, {@code weight += 1 /
   * V}. Pixels whose quotients are not finite, whose variance is not above 0 or that have a bad bit
   * add nothing.
   *
   * @param bits of the mask; null for none
   * @param from index of the row's first pixel
   * @param signal from {@code to} on
   * @param weight from {@code to} on
   */
  void addWeighted(
      float[] image,
      float[] variance,
      int[] bits,
      int badBits,
      int from,
      float[] signal,
      float[] weight,
      int to,
      int count);

  /** Sums each {@code bin} elements of a row: {@code out[to + i] = Σ_k row[bin · i + k]}. */
  void fold(float[] row, int bin, float[] out, int to, int count);

  /** {@code out[to + i] = Σ_k kernel[first + k] · source[from + i + k · step]}, k below taps. */
  void convolve(
      float[] source,
      int from,
      int step,
      float[] kernel,
      int first,
      int taps,
      float[] out,
      int to,
      int count);
}
