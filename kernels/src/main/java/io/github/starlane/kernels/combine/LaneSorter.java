package io.github.starlane.kernels.combine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Medians of one vector of stacks by a sorting network over their rows. */
final class LaneSorter {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  private final StackRun run;
  private final int[] comparators;
  private final float[] sorted;

  LaneSorter(StackRun run) {
    this.run = run;
    comparators = SortingNetwork.comparators(run.rows);
    for (int i = 0; i < comparators.length; i++) {
      comparators[i] *= LANES;
    }
    sorted = new float[run.rows * LANES];
  }

  /** Median of the values that are not NaN; what stands in lanes without any is of no use. */
  FloatVector median(int lane, FloatVector count) {
    copy(run.values, run.stride, run.rows, lane, sorted);
    sort(sorted, comparators);
    return middle(sorted, run.rows, count);
  }

  /** Median of |value − centre|. */
  FloatVector medianDistance(int lane, FloatVector count, FloatVector centre) {
    copyDistances(run.values, run.stride, run.rows, lane, centre, sorted);
    sort(sorted, comparators);
    return middle(sorted, run.rows, count);
  }

  /** Copies a vector of stacks; NaN becomes infinite and so sorts behind the values. */
  private static void copy(float[] values, int stride, int rows, int lane, float[] sorted) {
    for (int at = lane, k = 0; k < rows; k++, at += stride) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at);
      value
          .blend(Float.POSITIVE_INFINITY, value.compare(VectorOperators.NE, value))
          .intoArray(sorted, k * LANES);
    }
  }

  private static void copyDistances(
      float[] values, int stride, int rows, int lane, FloatVector centre, float[] sorted) {
    for (int at = lane, k = 0; k < rows; k++, at += stride) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at);
      FloatVector distance = value.sub(centre).abs();
      distance
          .blend(Float.POSITIVE_INFINITY, value.compare(VectorOperators.NE, value))
          .intoArray(sorted, k * LANES);
    }
  }

  private static void sort(float[] sorted, int[] comparators) {
    for (int c = 0; c < comparators.length; c += 2) {
      FloatVector a = FloatVector.fromArray(FLOATS, sorted, comparators[c]);
      FloatVector b = FloatVector.fromArray(FLOATS, sorted, comparators[c + 1]);
      // FloatVector.min and max also order NaN and signed zeros, and cost three times as much.
      VectorMask<Float> ordered = a.compare(VectorOperators.LT, b);
      b.blend(a, ordered).intoArray(sorted, comparators[c]);
      a.blend(b, ordered).intoArray(sorted, comparators[c + 1]);
    }
  }

  private static FloatVector middle(float[] sorted, int rows, FloatVector count) {
    if (count.eq(rows).allTrue()) {
      FloatVector below = FloatVector.fromArray(FLOATS, sorted, (rows - 1) / 2 * LANES);
      return below.add(FloatVector.fromArray(FLOATS, sorted, rows / 2 * LANES)).mul(0.5f);
    }
    // Row k is in the middle where count − 2 ≤ 2 k ≤ count: one row for odd counts, else two.
    FloatVector sum = FloatVector.zero(FLOATS);
    FloatVector found = sum;
    for (int k = 0; k <= rows / 2; k++) {
      FloatVector twice = FloatVector.broadcast(FLOATS, 2f * k);
      VectorMask<Float> isMiddle =
          twice
              .compare(VectorOperators.GE, count.sub(2f))
              .and(twice.compare(VectorOperators.LE, count));
      if (k < rows) {
        FloatVector value = FloatVector.fromArray(FLOATS, sorted, k * LANES);
        sum = sum.blend(sum.add(value), isMiddle);
        found = found.blend(found.add(1f), isMiddle);
      }
    }
    return sum.div(found);
  }
}
