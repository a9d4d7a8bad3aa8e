package io.github.starlane.kernels.combine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Looks for values that do not take part. */
final class StackScan {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  private StackScan() {}

  /** Whether all values of the pixels from one on and before another take part. */
  static boolean allTakePart(StackInput input, int badBits, int from, int to) {
    boolean all = true;
    for (int k = 0; k < input.count(); k++) {
      // No early end: reading on is what fills the cache.
      all &= isFinite(input.values()[k], from, to);
      if (input.variances() != null) {
        all &= isKnown(input.variances()[k], from, to);
      }
      if (input.masks() != null) {
        all &= (or(input.masks()[k], from, to) & badBits) == 0;
      }
    }
    return all;
  }

  private static boolean isFinite(float[] values, int from, int to) {
    // value − value is 0 for finite numbers, NaN for all others.
    FloatVector taint = FloatVector.zero(FLOATS);
    FloatVector nextTaint = taint;
    int i = from;
    for (; i <= to - 2 * LANES; i += 2 * LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, i);
      FloatVector next = FloatVector.fromArray(FLOATS, values, i + LANES);
      taint = taint.add(value.sub(value));
      nextTaint = nextTaint.add(next.sub(next));
    }
    boolean finite = taint.add(nextTaint).compare(VectorOperators.EQ, 0f).allTrue();
    for (; i < to; i++) {
      finite &= Float.isFinite(values[i]);
    }
    return finite;
  }

  private static boolean isKnown(float[] variances, int from, int to) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector taint = zero;
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector variance = FloatVector.fromArray(FLOATS, variances, i);
      taint =
          taint
              .add(variance.sub(variance))
              .blend(Float.NaN, variance.compare(VectorOperators.LT, zero));
    }
    boolean known = taint.compare(VectorOperators.EQ, 0f).allTrue();
    for (; i < to; i++) {
      known &= Float.isFinite(variances[i]) && variances[i] >= 0;
    }
    return known;
  }

  private static int or(int[] masks, int from, int to) {
    IntVector bits = IntVector.zero(INTS);
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      bits = bits.or(IntVector.fromArray(INTS, masks, i));
    }
    int all = bits.reduceLanes(VectorOperators.OR);
    for (; i < to; i++) {
      all |= masks[i];
    }
    return all;
  }
}
