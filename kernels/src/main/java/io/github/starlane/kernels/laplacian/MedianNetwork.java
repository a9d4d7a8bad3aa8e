package io.github.starlane.kernels.laplacian;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Medians of an odd number of vectors, lane by lane: Batcher's merge exchange (Knuth, The Art of
 * Computer Programming 3, 5.2.2 M) without the comparators that the middle does not depend on. The
 * vectors stand one after the other in an array that stays in the first cache.
 */
final class MedianNetwork {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  private final int count;

  /** Pairs of indices into the array: the smaller value goes to the first. */
  private final int[] pairs;

  private final float[] values;

  MedianNetwork(int count) {
    this.count = count;
    pairs = pruned(mergeExchange(count), count / 2);
    values = new float[count * LANES];
  }

  private static PixelList mergeExchange(int count) {
    PixelList pairs = new PixelList();
    int top = Integer.highestOneBit(Math.max(1, count - 1));
    for (int p = top; p > 0; p /= 2) {
      int q = top;
      int r = 0;
      int d = p;
      while (true) {
        for (int i = 0; i < count - d; i++) {
          if ((i & p) == r) {
            pairs.add(i);
            pairs.add(i + d);
          }
        }
        if (q == p) {
          break;
        }
        d = q - p;
        q /= 2;
        r = p;
      }
    }
    return pairs;
  }

  /** From the end: a comparator stays if one of its outputs is needed, and needs its inputs. */
  private static int[] pruned(PixelList pairs, int wanted) {
    boolean[] needed = new boolean[pairs.size() + wanted + 1];
    needed[wanted] = true;
    int[] kept = new int[pairs.size()];
    int first = kept.length;
    for (int k = pairs.size() - 2; k >= 0; k -= 2) {
      int a = pairs.get(k);
      int b = pairs.get(k + 1);
      if (needed[a] || needed[b]) {
        needed[a] = true;
        needed[b] = true;
        first -= 2;
        kept[first] = LANES * a;
        kept[first + 1] = LANES * b;
      }
    }
    return Arrays.copyOfRange(kept, first, kept.length);
  }

  /** Medians of squares of pixels, the first around {@code at}, the next one column on, … */
  FloatVector square(float[] source, int at, int stride, int reach) {
    int size = 2 * reach + 1;
    int to = 0;
    for (int j = -reach; j <= reach; j++) {
      to = load(source, at + j * stride - reach, size, values, to);
    }
    return median();
  }

  /** Medians along rows of {@code 2 reach + 1} pixels. */
  FloatVector row(float[] source, int at, int reach) {
    load(source, at - reach, 2 * reach + 1, values, 0);
    return median();
  }

  /** Medians of vectors that stand one after the other. */
  FloatVector column(float[] source) {
    System.arraycopy(source, 0, values, 0, count * LANES);
    return median();
  }

  private static int load(float[] source, int at, int size, float[] values, int to) {
    for (int i = 0; i < size; i++) {
      FloatVector.fromArray(FLOATS, source, at + i).intoArray(values, to + i * LANES);
    }
    return to + size * LANES;
  }

  private FloatVector median() {
    exchange(values, pairs);
    return FloatVector.fromArray(FLOATS, values, count / 2 * LANES);
  }

  private static void exchange(float[] values, int[] pairs) {
    for (int k = 0; k < pairs.length; k += 2) {
      FloatVector a = FloatVector.fromArray(FLOATS, values, pairs[k]);
      FloatVector b = FloatVector.fromArray(FLOATS, values, pairs[k + 1]);
      // Compare and blend: min and max cost several instructions for NaN and signed zeros.
      VectorMask<Float> swap = b.compare(VectorOperators.LT, a);
      a.blend(b, swap).intoArray(values, pairs[k]);
      b.blend(a, swap).intoArray(values, pairs[k + 1]);
    }
  }
}
