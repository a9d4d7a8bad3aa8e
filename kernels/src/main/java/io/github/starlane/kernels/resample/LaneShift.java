package io.github.starlane.kernels.resample;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sums with the same weights everywhere: along the columns first, then along the row. */
final class LaneShift {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final double ROUNDING = 1e-7;

  private LaneShift() {}

  /**
   * The input column and row of output pixel (0, 0) if the mapping is a pure shift, else null; the
   * nodes may be off by 1e-7 pixel.
   */
  static double[] of(Mapping mapping) {
    double dx = mapping.inputX()[0];
    double dy = mapping.inputY()[0];
    for (int n = 0; n < mapping.columns() * mapping.rows(); n++) {
      double x = (double) (n % mapping.columns()) * mapping.step() + dx;
      double y = (double) (n / mapping.columns()) * mapping.step() + dy;
      // Written so that NaN fails.
      boolean same =
          Math.abs(mapping.inputX()[n] - x) < ROUNDING
              && Math.abs(mapping.inputY()[n] - y) < ROUNDING;
      if (!same) {
        return null;
      }
    }
    return Math.abs(dx) < LanePositions.FAR && Math.abs(dy) < LanePositions.FAR
        ? new double[] {dx, dy}
        : null;
  }

  /**
   * Weighted sums of the vectors from {@code first} to before {@code last}, which are neighbours
   * inside the image.
   *
   * @param starts index of the first pixel for each vector; those whose sums are not finite become
   *     negative
   * @param wx weights of one vector
   * @param columns scratch, two vectors longer than the sums
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
      float[] columns,
      float[] out) {
    if (first == last) {
      return;
    }
    int length = (last - first) * LANES + Lanczos.TAPS - 1;
    alongColumns(plane, starts[first], width, wy, length, columns);
    alongRow(columns, wx, first, last, starts, out);
  }

  private static void alongColumns(
      float[] plane, int from, int width, float[] weights, int length, float[] columns) {
    // Out of the loop by hand: stores to other arrays keep C2 from doing it.
    FloatVector w0 = all(weights[0]);
    FloatVector w1 = all(weights[LANES]);
    FloatVector w2 = all(weights[2 * LANES]);
    FloatVector w3 = all(weights[3 * LANES]);
    FloatVector w4 = all(weights[4 * LANES]);
    FloatVector w5 = all(weights[5 * LANES]);
    for (int k = 0; k <= length - LANES; k += LANES) {
      weigh(plane, from + k, width, w0, w1, w2, w3, w4, w5).intoArray(columns, k);
    }
    int end = length - LANES;
    weigh(plane, from + end, width, w0, w1, w2, w3, w4, w5).intoArray(columns, end);
  }

  private static void alongRow(
      float[] columns, float[] weights, int first, int last, int[] starts, float[] out) {
    FloatVector w0 = all(weights[0]);
    FloatVector w1 = all(weights[LANES]);
    FloatVector w2 = all(weights[2 * LANES]);
    FloatVector w3 = all(weights[3 * LANES]);
    FloatVector w4 = all(weights[4 * LANES]);
    FloatVector w5 = all(weights[5 * LANES]);
    FloatVector taint = FloatVector.zero(FLOATS);
    for (int v = first; v < last; v++) {
      FloatVector sum = weigh(columns, (v - first) * LANES, 1, w0, w1, w2, w3, w4, w5);
      sum.intoArray(out, v * LANES);
      taint = taint.add(sum.mul(0f));
    }
    if (!taint.compare(VectorOperators.EQ, 0f).allTrue()) {
      dropTainted(out, starts, first, last);
    }
  }

  private static void dropTainted(float[] sums, int[] starts, int first, int last) {
    for (int v = first; v < last; v++) {
      FloatVector sum = FloatVector.fromArray(FLOATS, sums, v * LANES);
      boolean finite = sum.abs().compare(VectorOperators.LE, Float.MAX_VALUE).allTrue();
      starts[v] = finite ? starts[v] : -1;
    }
  }

  /** The weighted sum of six vectors at even distances. */
  private static FloatVector weigh(
      float[] values,
      int at,
      int distance,
      FloatVector w0,
      FloatVector w1,
      FloatVector w2,
      FloatVector w3,
      FloatVector w4,
      FloatVector w5) {
    FloatVector a = FloatVector.fromArray(FLOATS, values, at).mul(w0);
    FloatVector b = FloatVector.fromArray(FLOATS, values, at + distance).mul(w1);
    a = FloatVector.fromArray(FLOATS, values, at + 2 * distance).fma(w2, a);
    b = FloatVector.fromArray(FLOATS, values, at + 3 * distance).fma(w3, b);
    a = FloatVector.fromArray(FLOATS, values, at + 4 * distance).fma(w4, a);
    b = FloatVector.fromArray(FLOATS, values, at + 5 * distance).fma(w5, b);
    return a.add(b);
  }

  private static FloatVector all(float weight) {
    return FloatVector.broadcast(FLOATS, weight);
  }
}
