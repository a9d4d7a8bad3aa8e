package io.github.starlane.kernels.radon;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** A vector at a time. */
final class SimdRowSums implements RowSums {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  @Override
  public void add(float[] a, int aFrom, float[] b, int bFrom, float[] out, int from, int count) {
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      FloatVector.fromArray(FLOATS, a, aFrom + i)
          .add(FloatVector.fromArray(FLOATS, b, bFrom + i))
          .intoArray(out, from + i);
    }
    for (; i < count; i++) {
      out[from + i] = a[aFrom + i] + b[bFrom + i];
    }
  }

  @Override
  public int firstAbove(
      float[] signal, float[] weight, int from, int to, float limit, float leastWeight) {
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      if (anyAbove(signal, weight, i, limit, leastWeight)) {
        return ScalarRowSums.first(signal, weight, i, i + LANES, limit, leastWeight);
      }
    }
    return ScalarRowSums.first(signal, weight, i, to, limit, leastWeight);
  }

  private static boolean anyAbove(
      float[] signal, float[] weight, int at, float limit, float leastWeight) {
    FloatVector s = FloatVector.fromArray(FLOATS, signal, at);
    FloatVector w = FloatVector.fromArray(FLOATS, weight, at);
    // Squares lose the sign: |s| keeps negative sums below any limit.
    VectorMask<Float> above = s.mul(s.abs()).compare(VectorOperators.GT, w.mul(limit));
    return above.and(w.compare(VectorOperators.GE, leastWeight)).anyTrue();
  }
}
