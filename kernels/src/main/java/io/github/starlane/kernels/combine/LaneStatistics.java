package io.github.starlane.kernels.combine;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Counts, means, deviations and results of the stacks of a run; NaN values do not take part. */
final class LaneStatistics {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  private final StackRun run;
  private final CombineParameters parameters;
  private final LaneSorter sorter;
  private final boolean isMedian;
  private final boolean wantsVariance;
  private final float[] ones;

  LaneStatistics(
      StackRun run, CombineParameters parameters, LaneSorter sorter, boolean wantsVariance) {
    this.run = run;
    this.parameters = parameters;
    this.sorter = sorter;
    this.wantsVariance = wantsVariance;
    isMedian = parameters.method() == CombineParameters.Method.MEDIAN;
    ones = new float[run.rows];
    Arrays.fill(ones, 1);
  }

  /** Makes bad values NaN. */
  void dropBad() {
    if (run.masks != null) {
      dropMasked(run.values, run.masks, parameters.badBits());
    }
    if (run.variances != null) {
      dropWithoutVariance(run.values, run.variances);
    }
  }

  private static void dropMasked(float[] values, int[] masks, int badBits) {
    for (int at = 0; at < values.length; at += LANES) {
      IntVector bad = IntVector.fromArray(INTS, masks, at).and(badBits);
      FloatVector.fromArray(FLOATS, values, at)
          .blend(Float.NaN, bad.compare(VectorOperators.NE, 0).cast(FLOATS))
          .intoArray(values, at);
    }
  }

  private static void dropWithoutVariance(float[] values, float[] variances) {
    for (int at = 0; at < values.length; at += LANES) {
      FloatVector variance = FloatVector.fromArray(FLOATS, variances, at);
      FloatVector.fromArray(FLOATS, values, at)
          .blend(Float.NaN, variance.compare(VectorOperators.NE, variance))
          .intoArray(values, at);
    }
  }

  /** Counts the values that take part. */
  void countLeft() {
    countLeft(run.values, run.stride, run.rows, run.left);
  }

  private static void countLeft(float[] values, int stride, int rows, float[] left) {
    for (int lane = 0; lane < stride; lane += LANES) {
      FloatVector count = FloatVector.zero(FLOATS);
      for (int k = 0; k < rows; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values, k * stride + lane);
        count = count.blend(count.add(1f), value.eq(value));
      }
      count.intoArray(left, lane);
    }
  }

  /** Plain means. */
  void means(float[] out) {
    means(run.values, run.stride, run.rows, run.left, out);
  }

  private static void means(float[] values, int stride, int rows, float[] left, float[] out) {
    for (int lane = 0; lane < stride; lane += LANES) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int k = 0; k < rows; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values, k * stride + lane);
        sum = sum.blend(sum.add(value), value.eq(value));
      }
      sum.div(FloatVector.fromArray(FLOATS, left, lane)).intoArray(out, lane);
    }
  }

  /** Sample standard deviations about the means. */
  void deviations(float[] means, float[] out) {
    squares(run.values, run.stride, run.rows, means, out);
    for (int i = 0; i < run.stride; i++) {
      out[i] = (float) Math.sqrt(out[i] / (run.left[i] - 1));
    }
  }

  /** Σ (value − centre)². */
  private static void squares(float[] values, int stride, int rows, float[] centres, float[] out) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int lane = 0; lane < stride; lane += LANES) {
      FloatVector centre = FloatVector.fromArray(FLOATS, centres, lane);
      FloatVector sum = zero;
      for (int k = 0; k < rows; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values, k * stride + lane);
        FloatVector distance = zero.blend(value.sub(centre), value.eq(value));
        sum = distance.fma(distance, sum);
      }
      sum.intoArray(out, lane);
    }
  }

  /** Results of what is left. */
  void finish() {
    float[] weights = isMedian ? ones : run.weights;
    boolean needsSums = wantsVariance || !(isMedian || run.equalWeights);
    if (needsSums || !isMedian) {
      means(run.centre);
    }
    if (needsSums) {
      weightedSums(run, run.values, weights);
    }
    if (isMedian) {
      sorter.medians(run.value);
    } else if (run.equalWeights) {
      System.arraycopy(run.centre, 0, run.value, 0, run.stride);
    } else {
      for (int i = 0; i < run.stride; i++) {
        run.value[i] = run.centre[i] + run.sum[i] / run.sumWeights[i];
      }
    }
    if (wantsVariance) {
      finishVariance(weights);
    }
    for (int i = 0; i < run.stride; i++) {
      run.count[i] = run.left[i];
      run.rejected[i] = run.offered[i] - run.left[i];
      run.value[i] = run.left[i] > 0 ? run.value[i] : Float.NaN;
    }
    if (run.masks != null) {
      orMasks(run, run.values, run.masks);
    }
  }

  /** Sums about the plain mean, so that float32 loses nothing. */
  private static void weightedSums(StackRun run, float[] values, float[] weights) {
    FloatVector zero = FloatVector.zero(FLOATS);
    int stride = run.stride;
    for (int lane = 0; lane < stride; lane += LANES) {
      FloatVector centre = FloatVector.fromArray(FLOATS, run.centre, lane);
      FloatVector sum = zero;
      FloatVector sumWeights = zero;
      FloatVector sumSquares = zero;
      for (int k = 0; k < run.rows; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values, k * stride + lane);
        VectorMask<Float> good = value.eq(value);
        FloatVector weight = zero.blend(weights[k], good);
        sum = zero.blend(value.sub(centre), good).fma(weight, sum);
        sumWeights = sumWeights.add(weight);
        sumSquares = weight.fma(weight, sumSquares);
      }
      sum.intoArray(run.sum, lane);
      sumWeights.intoArray(run.sumWeights, lane);
      sumSquares.intoArray(run.sumSquares, lane);
    }
  }

  private void finishVariance(float[] weights) {
    if (run.variances == null) {
      squares(run.values, run.stride, run.rows, run.centre, run.variance);
    } else {
      noise(run, run.values, run.variances, weights);
    }
    for (int i = 0; i < run.stride; i++) {
      float left = run.left[i];
      float factor = isMedian && left >= 3 ? (float) (Math.PI / 2) : 1;
      // Without variances the scatter stands in for them; a single value has none.
      factor *= run.variances == null ? run.sumSquares[i] / (left - 1) : 1;
      boolean known = left >= (run.variances == null ? 2 : 1);
      float ofMean = run.variance[i] / (run.sumWeights[i] * run.sumWeights[i]);
      run.variance[i] = known ? factor * ofMean : Float.NaN;
    }
  }

  /** Σ weight² · variance. */
  private static void noise(StackRun run, float[] values, float[] variances, float[] weights) {
    FloatVector zero = FloatVector.zero(FLOATS);
    int stride = run.stride;
    for (int lane = 0; lane < stride; lane += LANES) {
      FloatVector sum = zero;
      for (int k = 0; k < run.rows; k++) {
        int at = k * stride + lane;
        FloatVector value = FloatVector.fromArray(FLOATS, values, at);
        FloatVector variance = FloatVector.fromArray(FLOATS, variances, at);
        FloatVector square = FloatVector.broadcast(FLOATS, weights[k] * weights[k]);
        sum = zero.blend(variance, value.eq(value)).fma(square, sum);
      }
      sum.intoArray(run.variance, lane);
    }
  }

  private static void orMasks(StackRun run, float[] values, int[] masks) {
    IntVector zero = IntVector.zero(INTS);
    int stride = run.stride;
    for (int lane = 0; lane < stride; lane += LANES) {
      IntVector bits = zero;
      for (int k = 0; k < run.rows; k++) {
        int at = k * stride + lane;
        FloatVector value = FloatVector.fromArray(FLOATS, values, at);
        IntVector row = IntVector.fromArray(INTS, masks, at);
        bits = bits.or(zero.blend(row, value.eq(value).cast(INTS)));
      }
      bits.intoArray(run.mask, lane);
    }
  }
}
