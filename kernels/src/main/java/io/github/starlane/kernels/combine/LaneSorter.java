package io.github.starlane.kernels.combine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Medians of the stacks of a run by a sorting network over their rows. */
final class LaneSorter {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  private final StackRun run;

  /** Pairs of places in {@link #sorted} to be compared and exchanged. */
  private final int[] comparators;

  /** One vector of stacks, row by row. */
  private final float[] sorted;

  LaneSorter(StackRun run) {
    this.run = run;
    comparators = SortingNetwork.comparators(run.rows);
    for (int i = 0; i < comparators.length; i++) {
      comparators[i] *= LANES;
    }
    sorted = new float[run.rows * LANES];
  }

  /** Medians of the values that are not NaN; of no use where there are none. */
  void medians(float[] out) {
    for (int lane = 0; lane < run.stride; lane += LANES) {
      copy(run.values, run.stride, run.rows, lane, sorted);
      sort(sorted, comparators);
      middle(sorted, run.rows, run.left, lane, out);
    }
  }

  /** Medians of |value − centre|. */
  void medianDistances(float[] centres, float[] out) {
    for (int lane = 0; lane < run.stride; lane += LANES) {
      copyDistances(run.values, run.stride, run.rows, lane, centres, sorted);
      sort(sorted, comparators);
      middle(sorted, run.rows, run.left, lane, out);
    }
  }

  /** Copies a vector of stacks; NaN becomes infinite and so sorts behind the values. */
  private static void copy(float[] values, int stride, int rows, int lane, float[] sorted) {
    for (int k = 0; k < rows; k++) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, k * stride + lane);
      value
          .blend(Float.POSITIVE_INFINITY, value.compare(VectorOperators.NE, value))
          .intoArray(sorted, k * LANES);
    }
  }

  private static void copyDistances(
      float[] values, int stride, int rows, int lane, float[] centres, float[] sorted) {
    FloatVector centre = FloatVector.fromArray(FLOATS, centres, lane);
    for (int k = 0; k < rows; k++) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, k * stride + lane);
      value
          .sub(centre)
          .abs()
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

  private static void middle(float[] sorted, int rows, float[] left, int lane, float[] out) {
    for (int i = 0; i < LANES; i++) {
      int n = (int) left[lane + i];
      float below = sorted[Math.max(0, (n - 1) / 2) * LANES + i];
      out[lane + i] = 0.5f * (below + sorted[Math.min(rows - 1, n / 2) * LANES + i]);
    }
  }
}
