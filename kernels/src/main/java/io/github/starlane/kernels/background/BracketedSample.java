package io.github.starlane.kernels.background;

import io.github.starlane.kernels.LaneSums;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Answers in a few passes of vectors: a rank is bracketed by a sorted sample (Floyd &amp; Rivest
 * 1975, CACM 18, 165), the pixels within the bracket are collected in one pass, and so on with
 * those collected, which now lie evenly enough for a straight line, until few enough are left to be
 * sorted. Exact, and many times faster than sorting the block.
 */
final class BracketedSample implements BlockSample {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** Pixels that are sorted rather than narrowed down further. */
  private static final int FEW = 128;

  /** Pixels that are looked at for the first bracket. */
  private static final int PROBES = 512;

  /** Half-width of a bracket, in standard deviations of the rank. */
  private static final double MARGIN = 3;

  /** What the straight line may be off by, as a share of the pixels. */
  private static final double BENT = 0.01;

  /** Pixels whose float32 sums go into a double at a time. */
  private static final int CHUNK = 2048;

  /** Histograms that are filled in turn, so that equal neighbours do not wait for each other. */
  private static final int TURNS = 4;

  private final float[] probes = new float[PROBES];
  private final int[] bins = new int[CHUNK];
  private int[] turns = new int[0];
  private int probeCount;
  private float[] values;
  private int count;

  /** The pixels of the first bracket, kept because the next rank asked for is mostly near. */
  private float[] near = new float[0];

  private int nearCount;
  private int nearBelow;
  private float nearLow;
  private float nearHigh;

  /** The last few pixels, sorted. */
  private float[] few = new float[0];

  private float[] spare = new float[0];
  private int fewCount;
  private int fewBelow;

  @Override
  public void load(float[] values, int count) {
    this.values = values;
    this.count = count;
    nearCount = 0;
    fewCount = 0;
    probeCount = Math.min(count, PROBES);
    for (int i = 0; i < probeCount; i++) {
      probes[i] = values[(int) ((long) i * count / probeCount)];
    }
    Arrays.sort(probes, 0, probeCount);
    if (near.length < count + LANES) {
      // A vector beyond the last pixel: collecting stores whole vectors.
      near = new float[count + LANES];
      few = new float[count + LANES];
      spare = new float[count + LANES];
    }
  }

  @Override
  public float ranked(int rank) {
    if (rank < fewBelow || rank >= fewBelow + fewCount) {
      if (rank < nearBelow || rank >= nearBelow + nearCount) {
        bracket(rank);
      }
      narrow(rank);
    }
    return few[rank - fewBelow];
  }

  /** Collects the pixels near the one of this rank. */
  private void bracket(int rank) {
    double expected = (rank + 0.5) * probeCount / count;
    double margin = MARGIN * Math.sqrt(expected * (1 - expected / probeCount)) + 2;
    do {
      int from = (int) Math.floor(expected - margin);
      int to = (int) Math.ceil(expected + margin);
      nearLow = from < 0 ? Float.NEGATIVE_INFINITY : probes[from];
      nearHigh = to >= probeCount ? Float.POSITIVE_INFINITY : probes[to];
      long counts = collect(values, count, nearLow, nearHigh, near);
      nearBelow = (int) (counts >>> 32);
      nearCount = (int) counts;
      margin *= 3;
    } while (rank < nearBelow || rank >= nearBelow + nearCount);
  }

  /** Sorts the few pixels around the one of this rank. */
  private void narrow(int rank) {
    System.arraycopy(near, 0, few, 0, nearCount);
    fewBelow = nearBelow;
    fewCount = nearCount;
    double low = nearLow;
    double high = nearHigh;
    boolean shrinks = Double.isFinite(high - low);
    while (fewCount > FEW && shrinks) {
      int n = fewCount;
      double share = (rank - fewBelow + 0.5) / n;
      double margin = (MARGIN * Math.sqrt(n * share * (1 - share)) + 2) / n + BENT;
      double width = high - low;
      float from;
      float to;
      long counts;
      do {
        // The ends as they are: a difference of huge and small values loses the small ones.
        from = (float) (share > margin ? low + (share - margin) * width : low);
        to = (float) (share + margin < 1 ? low + (share + margin) * width : high);
        counts = collect(few, n, from, to, spare);
        margin *= 3;
      } while (rank - fewBelow < (counts >>> 32)
          || rank - fewBelow >= (counts >>> 32) + (int) counts);
      fewBelow += (int) (counts >>> 32);
      fewCount = (int) counts;
      float[] swapped = few;
      few = spare;
      spare = swapped;
      low = from;
      high = to;
      // Equal values do not get fewer.
      shrinks = fewCount < n / 2;
    }
    Arrays.sort(few, 0, fewCount);
  }

  /**
   * Copies the values of [low, high] to the front of an array, in their order.
   *
   * @return the number of values below them in the upper 32 bits, of those copied in the lower
   */
  private static long collect(float[] values, int count, float low, float high, float[] into) {
    int below = 0;
    int n = 0;
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, values, i);
      below += v.compare(VectorOperators.LT, low).trueCount();
      n = Compaction.store(v, inside(v, low, high), values, i, into, n);
    }
    for (; i < count; i++) {
      below += values[i] < low ? 1 : 0;
      if (values[i] >= low && values[i] <= high) {
        into[n++] = values[i];
      }
    }
    return (long) below << 32 | n;
  }

  private static VectorMask<Float> inside(FloatVector v, float low, float high) {
    return v.compare(VectorOperators.GE, low).and(v.compare(VectorOperators.LE, high));
  }

  @Override
  public void moments(float low, float high, float centre, Moments result) {
    result.clear();
    for (int from = 0; from < count; from += CHUNK) {
      addMoments(values, from, Math.min(count, from + CHUNK), low, high, centre, result);
    }
  }

  private static void addMoments(
      float[] values, int from, int to, float low, float high, float centre, Moments result) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector sum = zero;
    FloatVector sumSquares = zero;
    int within = 0;
    int below = 0;
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, values, i);
      VectorMask<Float> inside = inside(v, low, high);
      FloatVector deviation = zero.blend(v.sub(centre), inside);
      sum = sum.add(deviation);
      sumSquares = deviation.fma(deviation, sumSquares);
      within += inside.trueCount();
      below += v.compare(VectorOperators.LT, low).trueCount();
    }
    double total = LaneSums.of(sum);
    double totalSquares = LaneSums.of(sumSquares);
    for (; i < to; i++) {
      below += values[i] < low ? 1 : 0;
      if (values[i] >= low && values[i] <= high) {
        double deviation = (double) values[i] - centre;
        total += deviation;
        totalSquares += deviation * deviation;
        within++;
      }
    }
    result.add(below, within, total, totalSquares);
  }

  @Override
  public void histogram(float low, float binWidth, int[] counts) {
    int stride = counts.length + 1;
    if (turns.length != TURNS * stride) {
      turns = new int[TURNS * stride];
    }
    Arrays.fill(turns, 0);
    for (int from = 0; from < count; from += CHUNK) {
      int n = Math.min(CHUNK, count - from);
      findBins(values, from, n, low, binWidth, counts.length, bins);
      countInTurns(bins, n, turns, stride);
    }
    Arrays.fill(counts, 0);
    for (int i = 0; i < TURNS * stride; i++) {
      if (i % stride < counts.length) {
        counts[i % stride] += turns[i];
      }
    }
  }

  /** The bin of each value, {@code outside} for those in none. */
  private static void findBins(
      float[] values, int from, int n, float low, float binWidth, int outside, int[] bins) {
    FloatVector none = FloatVector.broadcast(FLOATS, outside);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector bin = FloatVector.fromArray(FLOATS, values, from + i).sub(low).div(binWidth);
      VectorMask<Float> inside =
          bin.compare(VectorOperators.GE, 0).and(bin.compare(VectorOperators.LT, outside));
      FloatVector clamped = none.blend(bin, inside);
      ((IntVector) clamped.convert(VectorOperators.F2I, 0)).intoArray(bins, i);
    }
    for (; i < n; i++) {
      float bin = (values[from + i] - low) / binWidth;
      bins[i] = bin >= 0 && bin < outside ? (int) bin : outside;
    }
  }

  private static void countInTurns(int[] bins, int n, int[] turns, int stride) {
    int i = 0;
    for (; i <= n - TURNS; i += TURNS) {
      turns[bins[i]]++;
      turns[stride + bins[i + 1]]++;
      turns[2 * stride + bins[i + 2]]++;
      turns[3 * stride + bins[i + 3]]++;
    }
    for (; i < n; i++) {
      turns[bins[i]]++;
    }
  }
}
