package io.github.starlane.kernels.combine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over the stacks of a block. Long sums are made of sums of {@link #PART} terms, so that
 * float32 loses no digit that matters.
 */
final class StackSums {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int WIDTH = StackBlock.WIDTH;
  private static final int PART = 16;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private StackSums() {}

  /** Plain means of the values that are not NaN. */
  static void means(float[][] values, int at, float[] left, float[] out) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int k = 0; k < values.length; k += PART) {
        sum = sum.add(sum(values, k, Math.min(k + PART, values.length), at + lane));
      }
      sum.div(FloatVector.fromArray(FLOATS, left, lane)).intoArray(out, lane);
    }
  }

  private static FloatVector sum(float[][] values, int from, int to, int at) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int k = from; k < to; k++) {
      FloatVector value = FloatVector.fromArray(FLOATS, values[k], at);
      sum = sum.blend(sum.add(value), value.compare(VectorOperators.EQ, value));
    }
    return sum;
  }

  /** The same where no value is NaN; to the last bit. */
  static void completeMeans(float[][] values, int at, float[] out) {
    for (int lane = 0; lane < WIDTH; lane += 4 * LANES) {
      FloatVector zero = FloatVector.zero(FLOATS);
      zero.intoArray(out, lane);
      zero.intoArray(out, lane + LANES);
      zero.intoArray(out, lane + 2 * LANES);
      zero.intoArray(out, lane + 3 * LANES);
      for (int k = 0; k < values.length; k += PART) {
        addRows(values, k, Math.min(k + PART, values.length), at + lane, out, lane);
      }
    }
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector.fromArray(FLOATS, out, lane).div(values.length).intoArray(out, lane);
    }
  }

  private static void addRows(float[][] values, int from, int to, int at, float[] out, int lane) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int k = from; k < to; k++) {
      float[] row = values[k];
      a = a.add(FloatVector.fromArray(FLOATS, row, at));
      b = b.add(FloatVector.fromArray(FLOATS, row, at + LANES));
      c = c.add(FloatVector.fromArray(FLOATS, row, at + 2 * LANES));
      d = d.add(FloatVector.fromArray(FLOATS, row, at + 3 * LANES));
    }
    a.add(FloatVector.fromArray(FLOATS, out, lane)).intoArray(out, lane);
    b.add(FloatVector.fromArray(FLOATS, out, lane + LANES)).intoArray(out, lane + LANES);
    c.add(FloatVector.fromArray(FLOATS, out, lane + 2 * LANES)).intoArray(out, lane + 2 * LANES);
    d.add(FloatVector.fromArray(FLOATS, out, lane + 3 * LANES)).intoArray(out, lane + 3 * LANES);
  }

  /** Σ (value − centre)² over the values that are not NaN. */
  static void squares(float[][] values, int at, float[] centres, float[] out) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector centre = FloatVector.fromArray(FLOATS, centres, lane);
      FloatVector sum = zero;
      for (int k = 0; k < values.length; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values[k], at + lane);
        FloatVector distance =
            zero.blend(value.sub(centre), value.compare(VectorOperators.EQ, value));
        sum = distance.fma(distance, sum);
      }
      sum.intoArray(out, lane);
    }
  }

  /**
   * Means without the smallest and the largest value where there are at least 3 values. What a new
   * extreme takes the place of goes into the sum, so that an extreme never is in it.
   */
  static void meansWithoutExtremes(float[][] values, int at, float[] left, float[] out) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector least = FloatVector.broadcast(FLOATS, INFINITY);
      FloatVector greatest = FloatVector.broadcast(FLOATS, -INFINITY);
      FloatVector sum = zero;
      for (int k = 0; k < values.length; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values[k], at + lane);
        VectorMask<Float> below = value.compare(VectorOperators.LT, least);
        FloatVector rest = value.blend(least, below);
        least = least.blend(value, below);
        VectorMask<Float> above =
            rest.compare(VectorOperators.GT, greatest)
                .and(rest.compare(VectorOperators.LT, INFINITY));
        FloatVector between = rest.blend(greatest, above);
        greatest = greatest.blend(rest, above);
        sum = sum.blend(sum.add(between), between.abs().compare(VectorOperators.LT, INFINITY));
      }
      FloatVector count = FloatVector.fromArray(FLOATS, left, lane);
      VectorMask<Float> few = count.compare(VectorOperators.LT, 3f);
      FloatVector extremes =
          zero.blend(least, count.compare(VectorOperators.GT, 0f))
              .add(zero.blend(greatest, count.compare(VectorOperators.GT, 1f)));
      sum.blend(extremes, few).div(count.sub(zero.blend(2f, few.not()))).intoArray(out, lane);
    }
  }

  /** The same where no value is NaN and there are at least 3; to the last bit. */
  static void completeMeansWithoutExtremes(float[][] values, int at, float[] out) {
    for (int lane = 0; lane < WIDTH; lane += 2 * LANES) {
      completeMeansWithoutExtremes(values, at + lane, lane, out);
    }
  }

  private static void completeMeansWithoutExtremes(
      float[][] values, int at, int lane, float[] out) {
    FloatVector first = FloatVector.fromArray(FLOATS, values[0], at);
    FloatVector second = FloatVector.fromArray(FLOATS, values[1], at);
    VectorMask<Float> below = second.compare(VectorOperators.LT, first);
    FloatVector least = first.blend(second, below);
    FloatVector greatest = second.blend(first, below);
    first = FloatVector.fromArray(FLOATS, values[0], at + LANES);
    second = FloatVector.fromArray(FLOATS, values[1], at + LANES);
    below = second.compare(VectorOperators.LT, first);
    FloatVector nextLeast = first.blend(second, below);
    FloatVector nextGreatest = second.blend(first, below);
    FloatVector sum = FloatVector.zero(FLOATS);
    FloatVector nextSum = sum;
    for (int k = 2; k < values.length; k++) {
      float[] row = values[k];
      FloatVector value = FloatVector.fromArray(FLOATS, row, at);
      below = value.compare(VectorOperators.LT, least);
      FloatVector rest = value.blend(least, below);
      least = least.blend(value, below);
      VectorMask<Float> above = rest.compare(VectorOperators.GT, greatest);
      sum = sum.add(rest.blend(greatest, above));
      greatest = greatest.blend(rest, above);

      value = FloatVector.fromArray(FLOATS, row, at + LANES);
      below = value.compare(VectorOperators.LT, nextLeast);
      rest = value.blend(nextLeast, below);
      nextLeast = nextLeast.blend(value, below);
      above = rest.compare(VectorOperators.GT, nextGreatest);
      nextSum = nextSum.add(rest.blend(nextGreatest, above));
      nextGreatest = nextGreatest.blend(rest, above);
    }
    float count = values.length - 2f;
    sum.div(count).intoArray(out, lane);
    nextSum.div(count).intoArray(out, lane + LANES);
  }

  /**
   * Number, Σ (value − centre) and Σ (value − centre)² of the values within limits.
   *
   * @param limits of which low, high and centre are read, and count, sum and squares written
   */
  static void within(float[][] values, int at, StackLimits limits) {
    for (int lane = 0; lane < WIDTH; lane += 2 * LANES) {
      within(values, at + lane, limits, lane);
    }
  }

  private static void within(float[][] values, int at, StackLimits limits, int lane) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector low = FloatVector.fromArray(FLOATS, limits.low, lane);
    FloatVector high = FloatVector.fromArray(FLOATS, limits.high, lane);
    FloatVector centre = FloatVector.fromArray(FLOATS, limits.centre, lane);
    FloatVector nextLow = FloatVector.fromArray(FLOATS, limits.low, lane + LANES);
    FloatVector nextHigh = FloatVector.fromArray(FLOATS, limits.high, lane + LANES);
    FloatVector nextCentre = FloatVector.fromArray(FLOATS, limits.centre, lane + LANES);
    FloatVector count = zero;
    FloatVector sum = zero;
    FloatVector squares = zero;
    FloatVector nextCount = zero;
    FloatVector nextSum = zero;
    FloatVector nextSquares = zero;
    for (int k = 0; k < values.length; k++) {
      float[] row = values[k];
      FloatVector value = FloatVector.fromArray(FLOATS, row, at);
      VectorMask<Float> inside =
          value.compare(VectorOperators.GE, low).and(value.compare(VectorOperators.LE, high));
      FloatVector distance = zero.blend(value.sub(centre), inside);
      count = count.blend(count.add(1f), inside);
      sum = sum.add(distance);
      squares = distance.fma(distance, squares);

      value = FloatVector.fromArray(FLOATS, row, at + LANES);
      inside =
          value
              .compare(VectorOperators.GE, nextLow)
              .and(value.compare(VectorOperators.LE, nextHigh));
      distance = zero.blend(value.sub(nextCentre), inside);
      nextCount = nextCount.blend(nextCount.add(1f), inside);
      nextSum = nextSum.add(distance);
      nextSquares = distance.fma(distance, nextSquares);
    }
    count.intoArray(limits.count, lane);
    sum.intoArray(limits.sum, lane);
    squares.intoArray(limits.squares, lane);
    nextCount.intoArray(limits.count, lane + LANES);
    nextSum.intoArray(limits.sum, lane + LANES);
    nextSquares.intoArray(limits.squares, lane + LANES);
  }

  /**
   * Rows of the first of the smallest and the last of the largest values; −1 for fewer than 3
   * values.
   */
  static void extremeRows(float[][] values, int at, float[] left, float[] first, float[] last) {
    FloatVector none = FloatVector.broadcast(FLOATS, -1f);
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector smallest = FloatVector.broadcast(FLOATS, INFINITY);
      FloatVector largest = FloatVector.broadcast(FLOATS, -INFINITY);
      FloatVector smallestRow = none;
      FloatVector largestRow = none;
      for (int k = 0; k < values.length; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values[k], at + lane);
        VectorMask<Float> below = value.compare(VectorOperators.LT, smallest);
        VectorMask<Float> above = value.compare(VectorOperators.GE, largest);
        smallest = smallest.blend(value, below);
        largest = largest.blend(value, above);
        smallestRow = smallestRow.blend(k, below);
        largestRow = largestRow.blend(k, above);
      }
      VectorMask<Float> few =
          FloatVector.fromArray(FLOATS, left, lane).compare(VectorOperators.LT, 3f);
      smallestRow.blend(none, few).intoArray(first, lane);
      largestRow.blend(none, few).intoArray(last, lane);
    }
  }
}
