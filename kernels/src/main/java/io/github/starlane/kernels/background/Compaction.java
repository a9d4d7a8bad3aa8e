package io.github.starlane.kernels.background;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Keeping some lanes of a vector. */
final class Compaction {

  /**
   * Vectors this long belong to machines (AVX2, AVX-512, SVE) that have an instruction for it, or a
   * table; elsewhere the Vector API would make objects.
   */
  private static final boolean BY_VECTOR = FloatVector.SPECIES_PREFERRED.length() >= 8;

  private Compaction() {}

  /**
   * Appends the chosen lanes of a vector that was read from {@code source} at {@code from}.
   *
   * @param into needs room for a whole vector at {@code at}; may be {@code source} if {@code at ≤
   *     from}
   * @return index after the last value stored
   */
  static int store(
      FloatVector v, VectorMask<Float> chosen, float[] source, int from, float[] into, int at) {
    if (BY_VECTOR) {
      v.compress(chosen).intoArray(into, at);
      return at + chosen.trueCount();
    }
    int n = at;
    for (long lanes = chosen.toLong(); lanes != 0; lanes &= lanes - 1) {
      into[n++] = source[from + Long.numberOfTrailingZeros(lanes)];
    }
    return n;
  }
}
