package io.github.starlane.kernels.combine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rejects and combines the stacks of a run, one vector of pixels at a time. A rejected value
 * becomes NaN in the run; lanes that are done keep what they have by limits at infinity.
 */
final class LaneCombiner {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private final StackRun run;
  private final CombineParameters parameters;
  private final boolean isMedian;
  private final LaneSorter sorter;
  private final float low;
  private final float high;

  LaneCombiner(StackRun run, CombineParameters parameters) {
    this.run = run;
    this.parameters = parameters;
    isMedian = parameters.method() == CombineParameters.Method.MEDIAN;
    sorter = new LaneSorter(run);
    low = (float) parameters.low();
    high = (float) parameters.high();
  }

  void combineRun() {
    for (int lane = 0; lane < run.stride; lane += LANES) {
      dropBad(lane);
      FloatVector offered = countGood(run.values, run.stride, run.rows, lane);
      FloatVector left =
          switch (parameters.rejection()) {
            case NONE -> offered;
            case MIN_MAX -> rejectExtremes(lane, offered);
            case SAMPLE, MAD, NOISE_MODEL -> clip(lane, offered);
          };
      left.intoArray(run.count, lane);
      offered.sub(left).intoArray(run.rejected, lane);
      finish(lane, left);
      if (run.masks != null) {
        orMasks(lane);
      }
    }
  }

  private void dropBad(int lane) {
    if (run.masks != null) {
      dropMasked(run.values, run.masks, run.stride, run.rows, lane, parameters.badBits());
    }
    if (run.variances != null) {
      dropWithoutVariance(run.values, run.variances, run.stride, run.rows, lane);
    }
  }

  private static void dropMasked(
      float[] values, int[] masks, int stride, int rows, int lane, int badBits) {
    for (int at = lane, k = 0; k < rows; k++, at += stride) {
      IntVector bad = IntVector.fromArray(INTS, masks, at).and(badBits);
      FloatVector value = FloatVector.fromArray(FLOATS, values, at);
      value.blend(Float.NaN, bad.compare(VectorOperators.NE, 0).cast(FLOATS)).intoArray(values, at);
    }
  }

  private static void dropWithoutVariance(
      float[] values, float[] variances, int stride, int rows, int lane) {
    for (int at = lane, k = 0; k < rows; k++, at += stride) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at);
      FloatVector variance = FloatVector.fromArray(FLOATS, variances, at);
      value.blend(Float.NaN, isNaN(variance)).intoArray(values, at);
    }
  }

  private static VectorMask<Float> isNaN(FloatVector v) {
    return v.compare(VectorOperators.NE, v);
  }

  private static FloatVector countGood(float[] values, int stride, int rows, int lane) {
    FloatVector count = FloatVector.zero(FLOATS);
    for (int at = lane, k = 0; k < rows; k++, at += stride) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at);
      count = count.blend(count.add(1f), value.eq(value));
    }
    return count;
  }

  /** Drops the first of the smallest and the last of the largest where there are at least 3. */
  private FloatVector rejectExtremes(int lane, FloatVector offered) {
    float[] values = run.values;
    FloatVector smallest = FloatVector.broadcast(FLOATS, INFINITY);
    FloatVector largest = smallest.neg();
    FloatVector smallestRow = FloatVector.broadcast(FLOATS, -1f);
    FloatVector largestRow = smallestRow;
    for (int at = lane, k = 0; k < run.rows; k++, at += run.stride) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at);
      VectorMask<Float> below = value.lt(smallest);
      VectorMask<Float> above = value.compare(VectorOperators.GE, largest);
      smallest = smallest.blend(value, below);
      largest = largest.blend(value, above);
      smallestRow = smallestRow.blend((float) k, below);
      largestRow = largestRow.blend((float) k, above);
    }
    VectorMask<Float> enough = offered.compare(VectorOperators.GE, 3f);
    for (int at = lane, k = 0; k < run.rows; k++, at += run.stride) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at);
      VectorMask<Float> extreme = smallestRow.eq((float) k).or(largestRow.eq((float) k));
      value.blend(Float.NaN, extreme.and(enough)).intoArray(values, at);
    }
    return offered.blend(offered.sub(2f), enough);
  }

  private FloatVector clip(int lane, FloatVector offered) {
    FloatVector left = offered;
    VectorMask<Float> active = left.compare(VectorOperators.GE, 3f);
    for (int round = 0; round < parameters.iterations() && active.anyTrue(); round++) {
      FloatVector kept = clipOnce(lane, round, left, active);
      active = active.and(kept.lt(left)).and(kept.compare(VectorOperators.GE, 3f));
      left = kept;
    }
    return left;
  }

  private FloatVector clipOnce(int lane, int round, FloatVector left, VectorMask<Float> active) {
    if (parameters.rejection() == CombineParameters.Rejection.NOISE_MODEL) {
      FloatVector centre = sorter.median(lane, left);
      return keepWithinNoise(lane, centre, active);
    }
    boolean aroundMean = parameters.rejection() == CombineParameters.Rejection.SAMPLE && round > 0;
    FloatVector centre = aroundMean ? mean(lane, left) : sorter.median(lane, left);
    FloatVector sigma = aroundMean ? deviation(lane, left, centre) : robust(lane, left, centre);
    FloatVector everything = FloatVector.broadcast(FLOATS, INFINITY);
    FloatVector from = everything.neg().blend(centre.sub(sigma.mul(low)), active);
    FloatVector to = everything.blend(centre.add(sigma.mul(high)), active);
    return keepWithin(run.values, run.stride, run.rows, lane, from, to);
  }

  private FloatVector robust(int lane, FloatVector left, FloatVector centre) {
    FloatVector mad = sorter.medianDistance(lane, left, centre);
    VectorMask<Float> useless = mad.compare(VectorOperators.LE, 0f);
    FloatVector sigma = mad.mul((float) PixelStack.SIGMA_PER_MAD);
    if (useless.anyTrue()) {
      return sigma.blend(deviation(lane, left, mean(lane, left)), useless);
    }
    return sigma;
  }

  /** Keeps values in [from, to]; returns how many each lane has. */
  private static FloatVector keepWithin(
      float[] values, int stride, int rows, int lane, FloatVector from, FloatVector to) {
    FloatVector count = FloatVector.zero(FLOATS);
    FloatVector nothing = FloatVector.broadcast(FLOATS, Float.NaN);
    for (int at = lane, k = 0; k < rows; k++, at += stride) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at);
      VectorMask<Float> stays =
          value.compare(VectorOperators.GE, from).and(value.compare(VectorOperators.LE, to));
      nothing.blend(value, stays).intoArray(values, at);
      count = count.blend(count.add(1f), stays);
    }
    return count;
  }

  private FloatVector keepWithinNoise(int lane, FloatVector centre, VectorMask<Float> active) {
    float[] values = run.values;
    float[] variances = run.variances;
    FloatVector floor = centre.mul((float) parameters.relativeError());
    FloatVector floorSquare = floor.mul(floor);
    FloatVector lower = FloatVector.broadcast(FLOATS, INFINITY).blend(low, active);
    FloatVector upper = FloatVector.broadcast(FLOATS, INFINITY).blend(high, active);
    FloatVector count = FloatVector.zero(FLOATS);
    FloatVector nothing = FloatVector.broadcast(FLOATS, Float.NaN);
    for (int at = lane, k = 0; k < run.rows; k++, at += run.stride) {
      FloatVector value = FloatVector.fromArray(FLOATS, values, at);
      FloatVector sigma = FloatVector.fromArray(FLOATS, variances, at).add(floorSquare).sqrt();
      FloatVector deviation = value.sub(centre);
      VectorMask<Float> stays =
          deviation
              .compare(VectorOperators.LE, sigma.mul(upper))
              .and(deviation.neg().compare(VectorOperators.LE, sigma.mul(lower)))
              .or(value.eq(value).andNot(active));
      nothing.blend(value, stays).intoArray(values, at);
      count = count.blend(count.add(1f), stays);
    }
    return count;
  }

  private FloatVector mean(int lane, FloatVector left) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int at = lane, k = 0; k < run.rows; k++, at += run.stride) {
      FloatVector value = FloatVector.fromArray(FLOATS, run.values, at);
      sum = sum.blend(sum.add(value), value.eq(value));
    }
    return sum.div(left);
  }

  /** Sample standard deviation. */
  private FloatVector deviation(int lane, FloatVector left, FloatVector mean) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int at = lane, k = 0; k < run.rows; k++, at += run.stride) {
      FloatVector value = FloatVector.fromArray(FLOATS, run.values, at);
      FloatVector distance = value.sub(mean);
      sum = sum.blend(distance.fma(distance, sum), value.eq(value));
    }
    return sum.div(left.sub(1f)).sqrt();
  }

  /** Mean or median and its variance. */
  private void finish(int lane, FloatVector left) {
    // Sums are taken about the plain mean: float32 then loses nothing.
    FloatVector centre = mean(lane, left);
    FloatVector sum = FloatVector.zero(FLOATS);
    FloatVector sumWeights = sum;
    FloatVector sumSquares = sum;
    FloatVector sumScatter = sum;
    FloatVector sumNoise = sum;
    for (int at = lane, k = 0; k < run.rows; k++, at += run.stride) {
      FloatVector value = FloatVector.fromArray(FLOATS, run.values, at);
      VectorMask<Float> good = value.eq(value);
      FloatVector zero = FloatVector.zero(FLOATS);
      FloatVector weight = zero.blend(isMedian ? 1f : run.weights[k], good);
      FloatVector distance = zero.blend(value.sub(centre), good);
      sum = weight.fma(distance, sum);
      sumWeights = sumWeights.add(weight);
      sumSquares = weight.fma(weight, sumSquares);
      sumScatter = distance.fma(distance, sumScatter);
      if (run.variances != null) {
        FloatVector noise = FloatVector.fromArray(FLOATS, run.variances, at);
        sumNoise = sumNoise.add(zero.blend(noise.mul(weight).mul(weight), good));
      }
    }
    VectorMask<Float> none = left.compare(VectorOperators.LT, 1f);
    FloatVector value = isMedian ? sorter.median(lane, left) : centre.add(sum.div(sumWeights));
    value.blend(Float.NaN, none).intoArray(run.value, lane);
    if (run.variances == null) {
      // 0 / 0 makes it NaN for a single value.
      sumNoise = sumScatter.div(left.sub(1f)).mul(sumSquares);
      none = left.compare(VectorOperators.LT, 2f);
    }
    FloatVector variance = sumNoise.div(sumWeights.mul(sumWeights));
    VectorMask<Float> widened = left.compare(VectorOperators.GE, isMedian ? 3f : INFINITY);
    variance
        .blend(variance.mul((float) (Math.PI / 2)), widened)
        .blend(Float.NaN, none)
        .intoArray(run.variance, lane);
  }

  private void orMasks(int lane) {
    IntVector bits = IntVector.zero(INTS);
    for (int at = lane, k = 0; k < run.rows; k++, at += run.stride) {
      FloatVector value = FloatVector.fromArray(FLOATS, run.values, at);
      IntVector row = IntVector.fromArray(INTS, run.masks, at);
      bits = bits.or(IntVector.zero(INTS).blend(row, value.eq(value).cast(INTS)));
    }
    bits.intoArray(run.mask, lane);
  }
}
