package io.github.starlane.kernels.combine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Weighted sums over the stacks of a block, and what follows from them. Mutable. */
final class WeightedSums {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int WIDTH = StackBlock.WIDTH;
  private static final int PART = 16;

  private final float[] weights;

  /** Σ w · value, Σ w, Σ w², Σ w² · variance, over the values that are left. */
  private final float[] values = new float[WIDTH];

  private final float[] totals = new float[WIDTH];
  private final float[] squares = new float[WIDTH];
  private final float[] noise = new float[WIDTH];

  WeightedSums(float[] weights) {
    this.weights = weights;
  }

  /** Sums values and weights; NaN values do not take part. */
  void add(float[][] rows, int at) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      add(rows, at + lane, lane);
    }
  }

  private void add(float[][] rows, int at, int lane) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector sum = zero;
    FloatVector total = zero;
    FloatVector square = zero;
    float[] factors = weights;
    for (int from = 0; from < rows.length; from += PART) {
      FloatVector part = zero;
      for (int k = from; k < Math.min(from + PART, rows.length); k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, rows[k], at);
        VectorMask<Float> known = value.compare(VectorOperators.EQ, value);
        FloatVector weight = zero.blend(factors[k], known);
        part = zero.blend(value, known).fma(weight, part);
        total = total.add(weight);
        square = weight.fma(weight, square);
      }
      sum = sum.add(part);
    }
    sum.intoArray(values, lane);
    total.intoArray(totals, lane);
    square.intoArray(squares, lane);
  }

  /** Sums w² · variance. */
  void addNoise(float[][] rows, int at, float[][] variances, int inputAt) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      addNoise(rows, at + lane, variances, inputAt + lane, weights).intoArray(noise, lane);
    }
  }

  private static FloatVector addNoise(
      float[][] rows, int at, float[][] variances, int inputAt, float[] weights) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector sum = zero;
    for (int k = 0; k < rows.length; k++) {
      FloatVector value = FloatVector.fromArray(FLOATS, rows[k], at);
      FloatVector variance = FloatVector.fromArray(FLOATS, variances[k], inputAt);
      FloatVector known = zero.blend(variance, value.compare(VectorOperators.EQ, value));
      sum = known.fma(FloatVector.broadcast(FLOATS, weights[k] * weights[k]), sum);
    }
    return sum;
  }

  /** Weighted means; NaN where nothing is left. */
  void means(float[] out) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector.fromArray(FLOATS, values, lane)
          .div(FloatVector.fromArray(FLOATS, totals, lane))
          .intoArray(out, lane);
    }
  }

  /** Variances of the means from those of the values. */
  void propagatedVariances(float[] left, boolean isMedian, float[] out) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector total = FloatVector.fromArray(FLOATS, totals, lane);
      FloatVector ofMean = FloatVector.fromArray(FLOATS, noise, lane).div(total.mul(total));
      ofMedian(ofMean, left, isMedian, lane).intoArray(out, lane);
    }
  }

  /**
   * Variances of the means from the scatter of the values; NaN for fewer than 2.
   *
   * @param scatter Σ (value − mean)²
   */
  void scatterVariances(float[] scatter, float[] left, boolean isMedian, float[] out) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector count = FloatVector.fromArray(FLOATS, left, lane);
      FloatVector total = FloatVector.fromArray(FLOATS, totals, lane);
      FloatVector ofValue = FloatVector.fromArray(FLOATS, scatter, lane).div(count.sub(1f));
      FloatVector ofMean =
          FloatVector.fromArray(FLOATS, squares, lane).div(total.mul(total)).mul(ofValue);
      ofMedian(ofMean, left, isMedian, lane)
          .blend(Float.NaN, count.compare(VectorOperators.LT, 2f))
          .intoArray(out, lane);
    }
  }

  /** The median of one or two values is their mean. */
  private static FloatVector ofMedian(
      FloatVector ofMean, float[] left, boolean isMedian, int lane) {
    VectorMask<Float> many =
        FloatVector.fromArray(FLOATS, left, lane).compare(VectorOperators.GE, 3f);
    return isMedian ? ofMean.blend(ofMean.mul((float) (Math.PI / 2)), many) : ofMean;
  }

  /** Makes values the usual NaN where nothing is left: a median of nothing has other bits. */
  static void clearEmpty(float[] left, float[] out) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      VectorMask<Float> empty =
          FloatVector.fromArray(FLOATS, left, lane).compare(VectorOperators.EQ, 0f);
      FloatVector.fromArray(FLOATS, out, lane).blend(Float.NaN, empty).intoArray(out, lane);
    }
  }
}
