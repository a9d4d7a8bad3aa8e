package io.github.starlane.kernels.combine;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Medians of the stacks of a block.
 *
 * <p>Values become whole numbers of the same order, as the minimum of whole numbers is a single
 * instruction and that of floats is not. The rows are sorted as two lists of the same length; the
 * two middle values of both together are the greatest of the lesser and the least of the greater
 * when the first list is compared with the second one backwards.
 *
 * <p>What stands in for missing values (NaN, and rows that fill the lists up) is alternately above
 * and below everything, so that the middle stays where it is. When their number is odd, there is
 * one more above, and the lower one of the two middle values is the median.
 */
final class StackMedian {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int WIDTH = StackBlock.WIDTH;
  private static final int ABOVE = Integer.MAX_VALUE;

  private final int rows;

  /** Rows of each list. */
  private final int half;

  /** Rows that are sorted in registers. */
  private final int run;

  private final int[] merges;
  private final int[] keys;

  /** What stands in for the next missing value of a column. */
  private final int[] filler = new int[WIDTH];

  StackMedian(int rows) {
    this.rows = rows;
    int least = (rows + 1) / 2;
    run = least <= 4 ? 4 : least == 9 || least == 10 ? 10 : MergeNetwork.RUN;
    half = (least + run - 1) / run * run;
    merges = run == MergeNetwork.RUN ? MergeNetwork.steps(half) : new int[0];
    for (int i = 0; i < merges.length; i++) {
      merges[i] *= i % MergeNetwork.STEP == 0 ? 1 : WIDTH;
    }
    keys = new int[2 * half * WIDTH];
  }

  /**
   * Medians of the values that are not NaN.
   *
   * @param at where the block begins in each of the rows
   * @param complete whether there is no NaN
   * @param out one for each column; a NaN, of any bits, where nothing is left
   */
  void medians(float[][] values, int at, boolean complete, float[] out) {
    Arrays.fill(filler, ABOVE);
    if (complete) {
      for (int k = 0; k < rows; k++) {
        toKeys(values[k], at, keys, k * WIDTH);
      }
    } else {
      for (int k = 0; k < rows; k++) {
        toKeys(values[k], at, keys, k * WIDTH, filler);
      }
    }
    sortAndSelect(out);
  }

  /** Medians of |value − centre|, likewise. */
  void medianDistances(float[][] values, int at, boolean complete, float[] centre, float[] out) {
    Arrays.fill(filler, ABOVE);
    if (complete) {
      for (int k = 0; k < rows; k++) {
        toDistances(values[k], at, centre, keys, k * WIDTH);
      }
    } else {
      for (int k = 0; k < rows; k++) {
        toDistances(values[k], at, centre, keys, k * WIDTH, filler);
      }
    }
    sortAndSelect(out);
  }

  private void sortAndSelect(float[] out) {
    for (int k = rows; k < 2 * half; k++) {
      fill(keys, k * WIDTH, filler);
    }
    for (int list = 0; list < 2; list++) {
      int from = list * half * WIDTH;
      for (int k = 0; k < half; k += run) {
        RowSorts.sort(run, keys, from + k * WIDTH);
      }
      merge(keys, from, merges);
    }
    select(keys, half, filler, out);
  }

  private static void toKeys(float[] values, int at, int[] keys, int to) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      ordered(FloatVector.fromArray(FLOATS, values, at + lane)).intoArray(keys, to + lane);
    }
  }

  private static void toKeys(float[] values, int at, int[] keys, int to, int[] filler) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at + lane);
      store(ordered(value), value, keys, to, filler, lane);
    }
  }

  private static void toDistances(float[] values, int at, float[] centre, int[] keys, int to) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at + lane);
      FloatVector distance = value.sub(FloatVector.fromArray(FLOATS, centre, lane)).abs();
      // The bits of positive floats are in order as they are.
      distance.reinterpretAsInts().intoArray(keys, to + lane);
    }
  }

  private static void toDistances(
      float[] values, int at, float[] centre, int[] keys, int to, int[] filler) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at + lane);
      FloatVector distance = value.sub(FloatVector.fromArray(FLOATS, centre, lane)).abs();
      // The bits of positive floats are in order as they are.
      store(distance.reinterpretAsInts(), value, keys, to, filler, lane);
    }
  }

  private static void store(
      IntVector key, FloatVector value, int[] keys, int to, int[] filler, int lane) {
    VectorMask<Integer> missing = value.compare(VectorOperators.NE, value).cast(INTS);
    IntVector next = IntVector.fromArray(INTS, filler, lane);
    key.blend(next, missing).intoArray(keys, to + lane);
    next.blend(next.not(), missing).intoArray(filler, lane);
  }

  private static void fill(int[] keys, int to, int[] filler) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      IntVector next = IntVector.fromArray(INTS, filler, lane);
      next.intoArray(keys, to + lane);
      next.not().intoArray(filler, lane);
    }
  }

  /** The bits of a float, those of negative ones reversed but for the sign. */
  private static IntVector ordered(FloatVector value) {
    IntVector bits = value.reinterpretAsInts();
    return bits.lanewise(VectorOperators.ASHR, 31).and(ABOVE).lanewise(VectorOperators.XOR, bits);
  }

  private static FloatVector value(IntVector key) {
    return key.lanewise(VectorOperators.ASHR, 31)
        .and(ABOVE)
        .lanewise(VectorOperators.XOR, key)
        .reinterpretAsFloats();
  }

  private static void merge(int[] keys, int from, int[] steps) {
    for (int s = 0; s < steps.length; s += MergeNetwork.STEP) {
      int a = from + steps[s + 1];
      int b = from + steps[s + 2];
      int c = from + steps[s + 3];
      int d = from + steps[s + 4];
      if (steps[s] == MergeNetwork.PAIR) {
        pair(keys, a, b);
      } else if (steps[s] == MergeNetwork.CROSSED) {
        quartet(keys, a, b, d, c, c, d);
      } else {
        quartet(keys, a, b, c, d, c, d);
      }
    }
  }

  private static void pair(int[] keys, int a, int b) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      IntVector va = IntVector.fromArray(INTS, keys, a + lane);
      IntVector vb = IntVector.fromArray(INTS, keys, b + lane);
      va.min(vb).intoArray(keys, a + lane);
      va.max(vb).intoArray(keys, b + lane);
    }
  }

  /** Compares (a, partner of a), (b, partner of b), then (a, b) and the partners. */
  private static void quartet(int[] keys, int a, int b, int ofA, int ofB, int low, int high) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      IntVector va = IntVector.fromArray(INTS, keys, a + lane);
      IntVector vb = IntVector.fromArray(INTS, keys, b + lane);
      IntVector vc = IntVector.fromArray(INTS, keys, ofA + lane);
      IntVector vd = IntVector.fromArray(INTS, keys, ofB + lane);
      IntVector lowA = va.min(vc);
      IntVector highA = va.max(vc);
      IntVector lowB = vb.min(vd);
      IntVector highB = vb.max(vd);
      lowA.min(lowB).intoArray(keys, a + lane);
      lowA.max(lowB).intoArray(keys, b + lane);
      highA.min(highB).intoArray(keys, low + lane);
      highA.max(highB).intoArray(keys, high + lane);
    }
  }

  private static void select(int[] keys, int half, int[] filler, float[] out) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      select(keys, half, filler, lane, out);
    }
  }

  private static void select(int[] keys, int half, int[] filler, int lane, float[] out) {
    IntVector below = IntVector.broadcast(INTS, Integer.MIN_VALUE);
    IntVector above = IntVector.broadcast(INTS, ABOVE);
    int last = (2 * half - 1) * WIDTH + lane;
    for (int k = 0; k < half; k++) {
      IntVector first = IntVector.fromArray(INTS, keys, k * WIDTH + lane);
      IntVector second = IntVector.fromArray(INTS, keys, last - k * WIDTH);
      below = below.max(first.min(second));
      above = above.min(first.max(second));
    }
    // Above everything comes next after an even number of missing values.
    VectorMask<Integer> even =
        IntVector.fromArray(INTS, filler, lane).compare(VectorOperators.EQ, ABOVE);
    FloatVector lower = value(below);
    FloatVector upper = value(below.blend(above, even));
    lower.add(upper).mul(0.5f).intoArray(out, lane);
  }
}
