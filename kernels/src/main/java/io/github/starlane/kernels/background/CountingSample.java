package io.github.starlane.kernels.background;

import io.github.starlane.kernels.LaneSums;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Answers by counting pixels below a trial value, a vector at a time: a pixel's rank is found by
 * narrowing a bracket around it until few pixels are left, which are sorted. Exact, and faster than
 * sorting the block.
 */
final class CountingSample implements BlockSample {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** Pixels that may be left in the bracket when it is sorted. */
  private static final int FEW = 256;

  /** Pixels that are looked at for a first bracket. */
  private static final int PROBES = 512;

  /** Pixels whose float32 sums go into a double at a time. */
  private static final int CHUNK = 2048;

  private final float[] probes = new float[PROBES];
  private final float[] few = new float[FEW];
  private float[] values;
  private int count;
  private int probeCount;

  @Override
  public void load(float[] values, int count) {
    this.values = values;
    this.count = count;
    probeCount = Math.min(count, PROBES);
    for (int i = 0; i < probeCount; i++) {
      probes[i] = values[(int) ((long) i * count / probeCount)];
    }
    Arrays.sort(probes, 0, probeCount);
  }

  @Override
  public int countWithin(float low, float high) {
    return countUpTo(values, count, high) - countUpTo(values, count, Math.nextDown(low));
  }

  @Override
  public float ranked(int rank, float low, float high) {
    int target = rank + 1;
    if (low > Float.NEGATIVE_INFINITY) {
      target += countUpTo(values, count, Math.nextDown(low));
    }
    return ofRank(target);
  }

  /** Smallest pixel that has {@code target} pixels up to and including itself. */
  private float ofRank(int target) {
    // Bracket: fewer than target pixels up to below, at least target up to above.
    float below = Float.NEGATIVE_INFINITY;
    float above = Float.MAX_VALUE;
    int countBelow = 0;
    int countAbove = count;
    double expected = (double) target * probeCount / count;
    int margin = 4 + (int) (3 * Math.sqrt(expected * (1 - expected / probeCount) + 1));
    int high = Math.min(probeCount - 1, (int) expected + margin);
    int low = Math.max(0, (int) expected - margin);
    boolean even = false;
    float trial = probes[high];
    int step = 0;
    while (countAbove - countBelow > FEW && Math.nextUp(below) < above) {
      int upTo = countUpTo(values, count, trial);
      if (upTo >= target) {
        above = trial;
        countAbove = upTo;
      } else {
        below = trial;
        countBelow = upTo;
      }
      step++;
      if (step == 1) {
        trial = probes[low];
      } else {
        trial = next(below, above, countBelow, countAbove, target, even);
        even = !even;
      }
    }
    return countAbove - countBelow <= FEW ? pick(below, above, target - countBelow - 1) : above;
  }

  /** Next trial, strictly between the ends: where a straight line has the rank, or halfway. */
  private static float next(
      float below, float above, int countBelow, int countAbove, int target, boolean halve) {
    float from = Math.max(below, -Float.MAX_VALUE);
    double share = (target - countBelow - 0.5) / (countAbove - countBelow);
    // A little beyond the expected place, so that the bracket closes from both sides.
    double pushed = share + (share < 0.5 ? 0.02 : -0.02);
    double fraction = halve ? 0.5 : Math.clamp(pushed, 0.001, 0.999);
    float trial = (float) (from + fraction * ((double) above - from));
    return Math.min(Math.max(trial, Math.nextUp(below)), Math.nextDown(above));
  }

  private float pick(float below, float above, int rank) {
    int n = 0;
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, values, i);
      VectorMask<Float> inside =
          v.compare(VectorOperators.GT, below).and(v.compare(VectorOperators.LE, above));
      if (inside.anyTrue()) {
        n = pickEach(i, i + LANES, below, above, n);
      }
    }
    n = pickEach(i, count, below, above, n);
    Arrays.sort(few, 0, n);
    return few[rank];
  }

  private int pickEach(int from, int to, float below, float above, int found) {
    int n = found;
    for (int i = from; i < to; i++) {
      if (values[i] > below && values[i] <= above) {
        few[n++] = values[i];
      }
    }
    return n;
  }

  private static int countUpTo(float[] values, int count, float limit) {
    int n = 0;
    int i = 0;
    for (; i <= count - 4 * LANES; i += 4 * LANES) {
      n += lanesUpTo(values, i, limit) + lanesUpTo(values, i + LANES, limit);
      n += lanesUpTo(values, i + 2 * LANES, limit) + lanesUpTo(values, i + 3 * LANES, limit);
    }
    for (; i < count; i++) {
      n += values[i] <= limit ? 1 : 0;
    }
    return n;
  }

  private static int lanesUpTo(float[] values, int at, float limit) {
    return FloatVector.fromArray(FLOATS, values, at).compare(VectorOperators.LE, limit).trueCount();
  }

  @Override
  public void moments(float low, float high, float centre, double[] result) {
    result[0] = 0;
    result[1] = 0;
    for (int from = 0; from < count; from += CHUNK) {
      addMoments(values, from, Math.min(count, from + CHUNK), low, high, centre, result);
    }
  }

  private static void addMoments(
      float[] values, int from, int to, float low, float high, float centre, double[] result) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector sum = zero;
    FloatVector sumSquares = zero;
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, values, i);
      VectorMask<Float> inside =
          v.compare(VectorOperators.GE, low).and(v.compare(VectorOperators.LE, high));
      FloatVector deviation = zero.blend(v.sub(centre), inside);
      sum = sum.add(deviation);
      sumSquares = deviation.fma(deviation, sumSquares);
    }
    double total = LaneSums.of(sum);
    double totalSquares = LaneSums.of(sumSquares);
    for (; i < to; i++) {
      if (values[i] >= low && values[i] <= high) {
        double deviation = (double) values[i] - centre;
        total += deviation;
        totalSquares += deviation * deviation;
      }
    }
    result[0] += total;
    result[1] += totalSquares;
  }

  @Override
  public void histogram(float low, float binWidth, int[] counts) {
    Histograms.fill(values, count, low, binWidth, counts);
  }
}
