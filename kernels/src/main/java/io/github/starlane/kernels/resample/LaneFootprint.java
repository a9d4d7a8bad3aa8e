package io.github.starlane.kernels.resample;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The 6 × 6 input pixels under a vector of output pixels that look at consecutive input columns of
 * one row: lane k's footprint begins k columns behind that of lane 0. Weights are those of {@link
 * LaneWeights}, one vector per tap.
 */
final class LaneFootprint {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** Floats of the weights of one vector. */
  private static final int TAPS = LaneWeights.size(LANES);

  private LaneFootprint() {}

  /** Columns under a vector of footprints. */
  static final int COLUMNS = LANES + Lanczos.TAPS - 1;

  /**
   * Weighted sums of the vectors from {@code first} to before {@code last}.
   *
   * @param starts index of the first pixel for each vector; negative ones are left out, and those
   *     whose sums are not finite become negative
   * @param wx weights of these vectors, one after the other
   * @param out receives vector v at {@code v · lanes}
   */
  static void sums(
      float[] plane,
      int[] starts,
      int first,
      int last,
      int width,
      float[] wx,
      float[] wy,
      float[] out) {
    for (int v = first; v < last; v++) {
      if (starts[v] >= 0) {
        FloatVector sum = summed(plane, starts[v], width, wx, wy, (v - first) * TAPS);
        sum.intoArray(out, v * LANES);
        starts[v] = isFinite(sum) ? starts[v] : -1;
      }
    }
  }

  /** As {@link #sums}, with squared weights. */
  static void sumsSquared(
      float[] plane,
      int[] starts,
      int first,
      int last,
      int width,
      float[] wx,
      float[] wy,
      float[] out) {
    for (int v = first; v < last; v++) {
      if (starts[v] >= 0) {
        FloatVector sum = summedSquared(plane, starts[v], width, wx, wy, (v - first) * TAPS);
        sum.intoArray(out, v * LANES);
        starts[v] = isFinite(sum) ? starts[v] : -1;
      }
    }
  }

  /** Makes the starts negative of vectors with any mask bit under them. */
  static void dropFlagged(int[] mask, int[] starts, int first, int last, int width) {
    for (int v = first; v < last; v++) {
      if (starts[v] >= 0 && anyBit(mask, starts[v], width)) {
        starts[v] = -1;
      }
    }
  }

  static boolean isFinite(FloatVector values) {
    return values.abs().compare(VectorOperators.LE, Float.MAX_VALUE).allTrue();
  }

  /**
   * Weighted sums of one vector.
   *
   * @param from index of the first pixel
   * @param at where the weights begin
   * @param out receives the sums
   */
  static void sum(float[] plane, int from, int width, float[] wx, float[] wy, int at, float[] out) {
    summed(plane, from, width, wx, wy, at).intoArray(out, 0);
  }

  /** As {@link #sum}, with squared weights. */
  static void sumSquared(
      float[] plane, int from, int width, float[] wx, float[] wy, int at, float[] out) {
    summedSquared(plane, from, width, wx, wy, at).intoArray(out, 0);
  }

  private static FloatVector summed(
      float[] plane, int from, int width, float[] wx, float[] wy, int at) {
    FloatVector w0 = FloatVector.fromArray(FLOATS, wx, at);
    FloatVector w1 = FloatVector.fromArray(FLOATS, wx, at + LANES);
    FloatVector w2 = FloatVector.fromArray(FLOATS, wx, at + 2 * LANES);
    FloatVector w3 = FloatVector.fromArray(FLOATS, wx, at + 3 * LANES);
    FloatVector w4 = FloatVector.fromArray(FLOATS, wx, at + 4 * LANES);
    FloatVector w5 = FloatVector.fromArray(FLOATS, wx, at + 5 * LANES);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int j = 0; j < Lanczos.TAPS; j++) {
      FloatVector weight = FloatVector.fromArray(FLOATS, wy, at + j * LANES);
      sum = row(plane, from + j * width, w0, w1, w2, w3, w4, w5).fma(weight, sum);
    }
    return sum;
  }

  private static FloatVector summedSquared(
      float[] plane, int from, int width, float[] wx, float[] wy, int at) {
    FloatVector w0 = squared(wx, at);
    FloatVector w1 = squared(wx, at + LANES);
    FloatVector w2 = squared(wx, at + 2 * LANES);
    FloatVector w3 = squared(wx, at + 3 * LANES);
    FloatVector w4 = squared(wx, at + 4 * LANES);
    FloatVector w5 = squared(wx, at + 5 * LANES);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int j = 0; j < Lanczos.TAPS; j++) {
      FloatVector weight = squared(wy, at + j * LANES);
      sum = row(plane, from + j * width, w0, w1, w2, w3, w4, w5).fma(weight, sum);
    }
    return sum;
  }

  private static FloatVector row(
      float[] plane,
      int at,
      FloatVector w0,
      FloatVector w1,
      FloatVector w2,
      FloatVector w3,
      FloatVector w4,
      FloatVector w5) {
    FloatVector a = FloatVector.fromArray(FLOATS, plane, at).mul(w0);
    FloatVector b = FloatVector.fromArray(FLOATS, plane, at + 1).mul(w1);
    a = FloatVector.fromArray(FLOATS, plane, at + 2).fma(w2, a);
    b = FloatVector.fromArray(FLOATS, plane, at + 3).fma(w3, b);
    a = FloatVector.fromArray(FLOATS, plane, at + 4).fma(w4, a);
    b = FloatVector.fromArray(FLOATS, plane, at + 5).fma(w5, b);
    return a.add(b);
  }

  private static FloatVector squared(float[] weights, int at) {
    FloatVector w = FloatVector.fromArray(FLOATS, weights, at);
    return w.mul(w);
  }

  /** Whether any pixel under footprints that lie inside the image has a mask bit. */
  static boolean anyBit(int[] mask, int from, int width) {
    IntVector bits = IntVector.zero(INTS);
    for (int j = 0; j < Lanczos.TAPS; j++) {
      int at = from + j * width;
      bits =
          bits.or(IntVector.fromArray(INTS, mask, at)).or(IntVector.fromArray(INTS, mask, at + 5));
      // With fewer than five lanes these two leave a gap.
      if (LANES < 5) {
        bits = bits.or(IntVector.fromArray(INTS, mask, at + 2));
      }
    }
    return bits.compare(VectorOperators.NE, 0).anyTrue();
  }
}
