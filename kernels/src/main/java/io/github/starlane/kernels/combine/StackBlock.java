package io.github.starlane.kernels.combine;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The stacks of {@link #WIDTH} neighbouring pixels of a strip, and what becomes of them. Mutable,
 * reused.
 */
final class StackBlock {

  /** Pixels of a block: a multiple of every vector length, few enough for the nearest cache. */
  static final int WIDTH = 128;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  private final StackStrip strip;
  private final int[][] masks;

  /** Number of images. */
  final int rows;

  /** Values of each image; the block begins at {@link #at}. */
  float[][] values;

  int at;

  /** Whether no value is NaN. */
  boolean complete;

  /** Variances of each image, or null; the block begins at {@link #varianceAt}. */
  final float[][] variances;

  int varianceAt;

  /** Rows for values that are left, for when {@link #values} are not to be written to. */
  private final float[][] own;

  /** Values that took part at first, and those that are left. */
  final float[] offered = new float[WIDTH];

  final float[] left = new float[WIDTH];

  final float[] value = new float[WIDTH];
  final float[] variance = new float[WIDTH];
  final int[] mask = new int[WIDTH];

  StackBlock(StackInput input, StackStrip strip) {
    this.strip = strip;
    masks = input.masks();
    rows = input.count();
    variances = strip.variances;
    own = new float[rows][WIDTH];
  }

  /**
   * Moves to a block.
   *
   * @param offset from the beginning of the strip
   */
  void moveTo(int offset) {
    values = strip.values;
    at = strip.at + offset;
    varianceAt = offset;
    complete = !strip.isCopy;
    if (complete) {
      Arrays.fill(left, rows);
    } else {
      countLeft(values, at, left);
    }
    System.arraycopy(left, 0, offered, 0, WIDTH);
  }

  private static void countLeft(float[][] values, int at, float[] left) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector count = FloatVector.zero(FLOATS);
      for (int k = 0; k < values.length; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values[k], at + lane);
        count = count.blend(count.add(1f), value.compare(VectorOperators.EQ, value));
      }
      count.intoArray(left, lane);
    }
  }

  /** Where the values that are left go. */
  private float[][] targets() {
    return strip.isCopy ? strip.values : own;
  }

  private int targetAt() {
    return strip.isCopy ? varianceAt : 0;
  }

  /** Copies the values side by side, for when they are read many times. */
  void gather() {
    if (!strip.isCopy) {
      for (int k = 0; k < rows; k++) {
        System.arraycopy(values[k], at, own[k], 0, WIDTH);
      }
      values = own;
      at = 0;
    }
  }

  private void dropped() {
    values = targets();
    at = targetAt();
    complete = false;
  }

  /** Makes the values of two rows per column NaN; −1 is no row. */
  void dropRows(float[] first, float[] second) {
    float[][] out = targets();
    int outAt = targetAt();
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector one = FloatVector.fromArray(FLOATS, first, lane);
      FloatVector other = FloatVector.fromArray(FLOATS, second, lane);
      FloatVector count = FloatVector.zero(FLOATS);
      for (int k = 0; k < rows; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values[k], at + lane);
        VectorMask<Float> drop =
            one.compare(VectorOperators.EQ, k).or(other.compare(VectorOperators.EQ, k));
        count = store(value.blend(Float.NaN, drop), out[k], outAt + lane, count);
      }
      count.intoArray(left, lane);
    }
    dropped();
  }

  /** Stores values; returns their count, raised where they are not NaN. */
  private static FloatVector store(FloatVector value, float[] out, int lane, FloatVector count) {
    value.intoArray(out, lane);
    return count.blend(count.add(1f), value.compare(VectorOperators.EQ, value));
  }

  /** Makes values beyond the limits of their column NaN. */
  void dropBeyond(float[] low, float[] high) {
    float[][] out = targets();
    int outAt = targetAt();
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector from = FloatVector.fromArray(FLOATS, low, lane);
      FloatVector to = FloatVector.fromArray(FLOATS, high, lane);
      FloatVector count = FloatVector.zero(FLOATS);
      for (int k = 0; k < rows; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values[k], at + lane);
        VectorMask<Float> drop =
            value.compare(VectorOperators.LT, from).or(value.compare(VectorOperators.GT, to));
        count = store(value.blend(Float.NaN, drop), out[k], outAt + lane, count);
      }
      count.intoArray(left, lane);
    }
    dropped();
  }

  /**
   * Makes values NaN that are unlikely for their variance: below the centre, where (value −
   * centre)² &gt; below² · (variance + floor); above it likewise.
   *
   * @param centre NaN where nothing is to be dropped
   */
  void dropUnlikely(float[] centre, float[] floor, float belowSquare, float aboveSquare) {
    float[][] out = targets();
    int outAt = targetAt();
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector middle = FloatVector.fromArray(FLOATS, centre, lane);
      FloatVector least = FloatVector.fromArray(FLOATS, floor, lane);
      FloatVector below = FloatVector.broadcast(FLOATS, belowSquare);
      FloatVector above = FloatVector.broadcast(FLOATS, aboveSquare);
      FloatVector count = FloatVector.zero(FLOATS);
      for (int k = 0; k < rows; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values[k], at + lane);
        FloatVector noise =
            FloatVector.fromArray(FLOATS, variances[k], varianceAt + lane).add(least);
        FloatVector distance = value.sub(middle);
        FloatVector limit = noise.mul(below.blend(above, distance.compare(VectorOperators.GT, 0f)));
        VectorMask<Float> drop = distance.mul(distance).compare(VectorOperators.GT, limit);
        count = store(value.blend(Float.NaN, drop), out[k], outAt + lane, count);
      }
      count.intoArray(left, lane);
    }
    dropped();
  }

  /** ORs the masks of the values that are left, of the images that have any. */
  void orMasks() {
    Arrays.fill(mask, 0);
    int length = Math.min(WIDTH, strip.length - varianceAt);
    for (int k = 0; k < rows; k++) {
      if (strip.bits[k] != 0) {
        orMask(values[k], at, masks[k], strip.from + varianceAt, length, mask);
      }
    }
  }

  private static void orMask(
      float[] values, int at, int[] masks, int maskAt, int length, int[] out) {
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at + i);
      VectorMask<Integer> known = value.compare(VectorOperators.EQ, value).cast(INTS);
      IntVector bits =
          IntVector.zero(INTS).blend(IntVector.fromArray(INTS, masks, maskAt + i), known);
      IntVector.fromArray(INTS, out, i).or(bits).intoArray(out, i);
    }
    for (; i < length; i++) {
      out[i] |= Float.isNaN(values[at + i]) ? 0 : masks[maskAt + i];
    }
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
