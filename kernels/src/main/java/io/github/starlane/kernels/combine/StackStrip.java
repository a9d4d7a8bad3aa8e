package io.github.starlane.kernels.combine;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A strip of all images that fits in the second-level cache. Mutable, reused.
 *
 * <p>It is read image by image, which memory does faster than many images in step. Images without
 * variances and masks are only looked at, and then read where they lie, as long as all of their
 * values take part. Else values and variances are copied to rows of the strip's own, values that do
 * not take part as NaN; many big arrays at equal distances compete for the same few places in a
 * cache, which rows side by side do not.
 */
final class StackStrip {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** Samples of a strip: 1/2 MB. */
  private static final int SAMPLES = 1 << 17;

  private static final int LONGEST = 4096;

  private final StackInput input;
  private final int badBits;

  /** Greatest length in pixels, a multiple of that of a block. */
  final int capacity;

  /** Where the strip begins in the images, and its length. */
  int from;

  int length;

  /** Values of each image, and where the strip begins in them. */
  float[][] values;

  int at;

  /** Whether {@link #values} are the strip's own, to be written to. */
  boolean isCopy;

  /** Variances of each image from 0 on, or null. */
  final float[][] variances;

  /** Bits in the masks of each image that do not keep a value from taking part. */
  final int[] bits;

  private float[][] copies;

  StackStrip(StackInput input, int badBits) {
    this.input = input;
    this.badBits = badBits;
    int planes = input.variances() == null ? 1 : 2;
    int pixels = Math.min(LONGEST, SAMPLES / (planes * input.count()));
    capacity = Math.max(1, pixels / StackBlock.WIDTH) * StackBlock.WIDTH;
    variances = input.variances() == null ? null : new float[input.count()][capacity];
    bits = new int[input.count()];
  }

  /** Moves to the pixels from one on and before another, at most {@link #capacity} further. */
  void moveTo(int begin, int end) {
    from = begin;
    length = end - begin;
    values = input.values();
    at = from;
    isCopy = false;
    boolean plain = input.variances() == null && input.masks() == null;
    if (!plain || !allFinite() || length % StackBlock.WIDTH > 0) {
      copy();
    }
  }

  private boolean allFinite() {
    boolean all = true;
    for (float[] row : values) {
      // No early end: reading on is what fills the cache.
      all &= isFinite(row, from, from + length);
    }
    return all;
  }

  /** Few instructions per cache line, so that the processor has many lines on the way at once. */
  private static boolean isFinite(float[] values, int from, int to) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector a = zero;
    FloatVector b = zero;
    FloatVector c = zero;
    FloatVector d = zero;
    int i = from;
    for (; i <= to - 4 * LANES; i += 4 * LANES) {
      // 0 · value is 0 for finite numbers, NaN for all others.
      a = FloatVector.fromArray(FLOATS, values, i).fma(zero, a);
      b = FloatVector.fromArray(FLOATS, values, i + LANES).fma(zero, b);
      c = FloatVector.fromArray(FLOATS, values, i + 2 * LANES).fma(zero, c);
      d = FloatVector.fromArray(FLOATS, values, i + 3 * LANES).fma(zero, d);
    }
    boolean finite = a.add(b).add(c.add(d)).compare(VectorOperators.EQ, 0f).allTrue();
    for (; i < to; i++) {
      finite &= Float.isFinite(values[i]);
    }
    return finite;
  }

  private void copy() {
    if (copies == null) {
      copies = new float[input.count()][capacity];
    }
    int end = (length + StackBlock.WIDTH - 1) / StackBlock.WIDTH * StackBlock.WIDTH;
    for (int k = 0; k < copies.length; k++) {
      if (input.variances() == null) {
        clean(input.values()[k], from, length, copies[k]);
      } else {
        clean(input.values()[k], input.variances()[k], from, length, copies[k], variances[k]);
        Arrays.fill(variances[k], length, end, 0);
      }
      Arrays.fill(copies[k], length, end, Float.NaN);
      if (input.masks() != null) {
        bits[k] = dropMasked(input.masks()[k], from, length, badBits, copies[k]) & ~badBits;
      }
    }
    values = copies;
    at = 0;
    isCopy = true;
  }

  private static void clean(float[] values, int from, int length, float[] out) {
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, from + i);
      VectorMask<Float> good = value.sub(value).compare(VectorOperators.EQ, 0f);
      FloatVector.broadcast(FLOATS, Float.NaN).blend(value, good).intoArray(out, i);
    }
    for (; i < length; i++) {
      out[i] = Float.isFinite(values[from + i]) ? values[from + i] : Float.NaN;
    }
  }

  private static void clean(
      float[] values, float[] variances, int from, int length, float[] out, float[] outVariances) {
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, from + i);
      FloatVector variance = FloatVector.fromArray(FLOATS, variances, from + i);
      FloatVector taint = value.sub(value).add(variance.sub(variance));
      VectorMask<Float> good =
          taint.compare(VectorOperators.EQ, 0f).and(variance.compare(VectorOperators.GE, 0f));
      FloatVector.broadcast(FLOATS, Float.NaN).blend(value, good).intoArray(out, i);
      variance.intoArray(outVariances, i);
    }
    for (; i < length; i++) {
      float variance = variances[from + i];
      boolean good = Float.isFinite(values[from + i]) && Float.isFinite(variance) && variance >= 0;
      out[i] = good ? values[from + i] : Float.NaN;
      outVariances[i] = variance;
    }
  }

  /** Makes values with bad bits NaN; returns all bits of all masks. */
  private static int dropMasked(int[] masks, int from, int length, int badBits, float[] values) {
    IntVector all = IntVector.zero(INTS);
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      IntVector mask = IntVector.fromArray(INTS, masks, from + i);
      all = all.or(mask);
      VectorMask<Integer> bad = mask.and(badBits).compare(VectorOperators.NE, 0);
      FloatVector.fromArray(FLOATS, values, i)
          .blend(Float.NaN, bad.cast(FLOATS))
          .intoArray(values, i);
    }
    int bits = all.reduceLanes(VectorOperators.OR);
    for (; i < length; i++) {
      bits |= masks[from + i];
      values[i] = (masks[from + i] & badBits) == 0 ? values[i] : Float.NaN;
    }
    return bits;
  }
}
