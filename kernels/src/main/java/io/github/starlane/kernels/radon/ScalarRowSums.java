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
  public int firstAbove(float[] values, int from, int to, float limit) {
    return first(values, from, to, limit);
  }

  static int first(float[] values, int from, int to, float limit) {
    for (int i = from; i < to; i++) {
      if (values[i] > limit) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void addWeighted(
      float[] image,
      float[] variance,
      int[] bits,
      int badBits,
      int from,
      float[] signal,
      float[] weight,
      int to,
      int count) {
    addPart(image, variance, bits, badBits, from, signal, weight, to, 0, count);
  }

  /** The elements {@code begin} to {@code end} of a row. */
  static void addPart(
      float[] image,
      float[] variance,
      int[] bits,
      int badBits,
      int from,
      float[] signal,
      float[] weight,
      int to,
      int begin,
      int end) {
    for (int i = begin; i < end; i++) {
      float w = 1 / variance[from + i];
      float s = image[from + i] * w;
      boolean good = w > 0 && w <= Float.MAX_VALUE && Math.abs(s) <= Float.MAX_VALUE;
      if (good && (bits == null || (bits[from + i] & badBits) == 0)) {
        weight[to + i] += w;
        signal[to + i] += s;
      }
    }
  }

  @Override
  public void fold(float[] row, int bin, float[] out, int to, int count) {
    foldPart(row, bin, out, to, 0, count);
  }

  /** The sums {@code begin} to {@code end}. */
  static void foldPart(float[] row, int bin, float[] out, int to, int begin, int end) {
    for (int i = begin; i < end; i++) {
      float sum = row[i * bin];
      for (int k = 1; k < bin; k++) {
        sum += row[i * bin + k];
      }
      out[to + i] = sum;
    }
  }

  @Override
  public void convolve(
      float[] source,
      int from,
      int step,
      float[] kernel,
      int first,
      int taps,
      float[] out,
      int to,
      int count) {
    convolvePart(source, from, step, kernel, first, taps, out, to, 0, count);
  }

  /** The elements {@code begin} to {@code end}. */
  static void convolvePart(
      float[] source,
      int from,
      int step,
      float[] kernel,
      int first,
      int taps,
      float[] out,
      int to,
      int begin,
      int end) {
    for (int i = begin; i < end; i++) {
      float sum = 0;
      for (int k = 0; k < taps; k++) {
        sum += kernel[first + k] * source[from + i + k * step];
      }
      out[to + i] = sum;
    }
  }
}
