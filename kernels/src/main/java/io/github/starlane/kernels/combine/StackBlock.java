package io.github.starlane.kernels.combine;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The stacks of {@link #WIDTH} neighbouring pixels: where their values are and what becomes of
 * them. Mutable, reused.
 *
 * <p>Values are read where they lie as long as all of them take part; else from rows of the block's
 * own, in which those that do not take part are NaN.
 */
final class StackBlock {

  /** Pixels of a block: a multiple of every vector length, few enough for the nearest cache. */
  static final int WIDTH = 64;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  private final StackInput input;
  private final int badBits;

  /** Number of images. */
  final int rows;

  /** Values of each image; the block begins at {@link #at}. */
  float[][] values;

  int at;

  /** Whether no value is NaN. */
  boolean complete;

  /** Variances and masks of each image, or null; the block begins at {@link #inputAt}. */
  float[][] variances;

  int[][] masks;
  int inputAt;

  private final float[][] own;
  private float[][] copiedValues;
  private float[][] copiedVariances;
  private int[][] copiedMasks;

  /** Values that took part at first, and those that are left. */
  final float[] offered = new float[WIDTH];

  final float[] left = new float[WIDTH];

  final float[] value = new float[WIDTH];
  final float[] variance = new float[WIDTH];
  final int[] mask = new int[WIDTH];

  StackBlock(StackInput input, int badBits) {
    this.input = input;
    this.badBits = badBits;
    rows = input.count();
    own = new float[rows][WIDTH];
  }

  /**
   * Moves to a block.
   *
   * @param length pixels of it; beyond them the block holds nothing
   * @param allTakePart whether every value is known to take part
   */
  void moveTo(int from, int length, boolean allTakePart) {
    values = input.values();
    variances = input.variances();
    masks = input.masks();
    at = from;
    inputAt = from;
    complete = allTakePart && length == WIDTH;
    if (length < WIDTH) {
      copy(from, length);
    }
    if (!complete) {
      complete = clean();
    }
    countLeft();
    System.arraycopy(left, 0, offered, 0, WIDTH);
  }

  private void copy(int from, int length) {
    if (copiedValues == null) {
      copiedValues = new float[rows][WIDTH];
      copiedVariances = variances == null ? null : new float[rows][WIDTH];
      copiedMasks = masks == null ? null : new int[rows][WIDTH];
    }
    for (int k = 0; k < rows; k++) {
      Arrays.fill(copiedValues[k], length, WIDTH, Float.NaN);
      System.arraycopy(values[k], from, copiedValues[k], 0, length);
      if (variances != null) {
        Arrays.fill(copiedVariances[k], length, WIDTH, 0);
        System.arraycopy(variances[k], from, copiedVariances[k], 0, length);
      }
      if (masks != null) {
        Arrays.fill(copiedMasks[k], length, WIDTH, 0);
        System.arraycopy(masks[k], from, copiedMasks[k], 0, length);
      }
    }
    values = copiedValues;
    variances = copiedVariances;
    masks = copiedMasks;
    at = 0;
    inputAt = 0;
  }

  /** Makes values that do not take part NaN; tells whether there are none. */
  private boolean clean() {
    boolean any = false;
    for (int k = 0; k < rows; k++) {
      any |= clean(values[k], at, own[k]);
      if (variances != null) {
        any |= cleanUnknown(own[k], variances[k], inputAt);
      }
      if (masks != null) {
        any |= cleanMasked(own[k], masks[k], inputAt, badBits);
      }
    }
    becomeOwn();
    return !any;
  }

  private static boolean clean(float[] values, int at, float[] out) {
    VectorMask<Float> any = FLOATS.maskAll(false);
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at + lane);
      // The difference is 0 for finite numbers, NaN for all others.
      VectorMask<Float> bad = value.sub(value).compare(VectorOperators.NE, 0f);
      any = any.or(bad);
      value.blend(Float.NaN, bad).intoArray(out, lane);
    }
    return any.anyTrue();
  }

  private static boolean cleanUnknown(float[] values, float[] variances, int at) {
    VectorMask<Float> any = FLOATS.maskAll(false);
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector variance = FloatVector.fromArray(FLOATS, variances, at + lane);
      VectorMask<Float> bad =
          variance
              .sub(variance)
              .compare(VectorOperators.NE, 0f)
              .or(variance.compare(VectorOperators.LT, 0f));
      any = any.or(bad);
      FloatVector.fromArray(FLOATS, values, lane).blend(Float.NaN, bad).intoArray(values, lane);
    }
    return any.anyTrue();
  }

  private static boolean cleanMasked(float[] values, int[] masks, int at, int badBits) {
    VectorMask<Integer> any = INTS.maskAll(false);
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      VectorMask<Integer> bad =
          IntVector.fromArray(INTS, masks, at + lane).and(badBits).compare(VectorOperators.NE, 0);
      any = any.or(bad);
      FloatVector.fromArray(FLOATS, values, lane)
          .blend(Float.NaN, bad.cast(FLOATS))
          .intoArray(values, lane);
    }
    return any.anyTrue();
  }

  private void becomeOwn() {
    values = own;
    at = 0;
  }

  /** Counts the values that take part. */
  void countLeft() {
    if (complete) {
      Arrays.fill(left, rows);
    } else {
      countLeft(values, at, rows, left);
    }
  }

  private static void countLeft(float[][] values, int at, int rows, float[] left) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector count = FloatVector.zero(FLOATS);
      for (int k = 0; k < rows; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values[k], at + lane);
        count = count.blend(count.add(1f), value.compare(VectorOperators.EQ, value));
      }
      count.intoArray(left, lane);
    }
  }

  /** Makes the values of two rows per column NaN; −1 is no row. */
  void dropRows(float[] first, float[] second) {
    for (int k = 0; k < rows; k++) {
      dropRow(values[k], at, k, first, second, own[k]);
    }
    dropped();
  }

  private static void dropRow(
      float[] values, int at, float row, float[] first, float[] second, float[] out) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      VectorMask<Float> drop =
          FloatVector.fromArray(FLOATS, first, lane)
              .compare(VectorOperators.EQ, row)
              .or(FloatVector.fromArray(FLOATS, second, lane).compare(VectorOperators.EQ, row));
      FloatVector.fromArray(FLOATS, values, at + lane).blend(Float.NaN, drop).intoArray(out, lane);
    }
  }

  /** Makes values beyond the limits of their column NaN. */
  void dropBeyond(float[] low, float[] high) {
    for (int k = 0; k < rows; k++) {
      dropBeyond(values[k], at, low, high, own[k]);
    }
    dropped();
  }

  private static void dropBeyond(
      float[] values, int at, float[] low, float[] high, float[] out) {
    FloatVector nothing = FloatVector.broadcast(FLOATS, Float.NaN);
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at + lane);
      VectorMask<Float> stays =
          value
              .compare(VectorOperators.GE, FloatVector.fromArray(FLOATS, low, lane))
              .and(value.compare(VectorOperators.LE, FloatVector.fromArray(FLOATS, high, lane)));
      nothing.blend(value, stays).intoArray(out, lane);
    }
  }

  /**
   * Makes values NaN that are unlikely for their variance: below the centre, where (value −
   * centre)² &gt; below² · (variance + floor); above it likewise.
   *
   * @param centre NaN where nothing is to be dropped
   */
  void dropUnlikely(float[] centre, float[] floor, float belowSquare, float aboveSquare) {
    for (int k = 0; k < rows; k++) {
      dropUnlikely(
          values[k], at, variances[k], inputAt, centre, floor, belowSquare, aboveSquare, own[k]);
    }
    dropped();
  }

  private static void dropUnlikely(
      float[] values,
      int at,
      float[] variances,
      int inputAt,
      float[] centre,
      float[] floor,
      float belowSquare,
      float aboveSquare,
      float[] out) {
    FloatVector below = FloatVector.broadcast(FLOATS, belowSquare);
    FloatVector above = FloatVector.broadcast(FLOATS, aboveSquare);
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at + lane);
      FloatVector distance = value.sub(FloatVector.fromArray(FLOATS, centre, lane));
      FloatVector noise = FloatVector.fromArray(FLOATS, variances, inputAt + lane);
      FloatVector limit =
          noise
              .add(FloatVector.fromArray(FLOATS, floor, lane))
              .mul(below.blend(above, distance.compare(VectorOperators.GT, 0f)));
      VectorMask<Float> drop = distance.mul(distance).compare(VectorOperators.GT, limit);
      value.blend(Float.NaN, drop).intoArray(out, lane);
    }
  }

  private void dropped() {
    becomeOwn();
    complete = false;
    countLeft();
  }

  /** ORs the masks of the values that are left. */
  void addMasks() {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      addMasks(values, at + lane, masks, inputAt + lane, mask, lane);
    }
  }

  private static void addMasks(
      float[][] values, int at, int[][] masks, int inputAt, int[] mask, int lane) {
    IntVector zero = IntVector.zero(INTS);
    IntVector bits = zero;
    for (int k = 0; k < values.length; k++) {
      FloatVector value = FloatVector.fromArray(FLOATS, values[k], at);
      IntVector row = IntVector.fromArray(INTS, masks[k], inputAt);
      bits = bits.or(zero.blend(row, value.compare(VectorOperators.EQ, value).cast(INTS)));
    }
    bits.intoArray(mask, lane);
  }

  /** Copies the results of the first pixels of the block. */
  void copyTo(StackResult result, int from, int length) {
    System.arraycopy(value, 0, result.value(), from, length);
    if (result.variance() != null) {
      System.arraycopy(variance, 0, result.variance(), from, length);
    }
    if (result.count() != null) {
      System.arraycopy(left, 0, result.count(), from, length);
    }
    if (result.rejected() != null) {
      for (int i = 0; i < length; i++) {
        result.rejected()[from + i] = offered[i] - left[i];
      }
    }
    if (result.mask() != null) {
      System.arraycopy(mask, 0, result.mask(), from, length);
    }
  }
}
