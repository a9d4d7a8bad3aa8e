package io.github.starlane.kernels.combine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rejects and combines the stacks of a run. Every step is one loop over the whole run that leaves
 * its results in the run's arrays; a rejected value becomes NaN there, and pixels that are settled
 * keep what they have by limits at infinity.
 */
final class LaneCombiner {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private final StackRun run;
  private final CombineParameters parameters;
  private final LaneSorter sorter;
  private final LaneStatistics statistics;

  LaneCombiner(StackRun run, CombineParameters parameters, boolean wantsVariance) {
    this.run = run;
    this.parameters = parameters;
    sorter = new LaneSorter(run);
    statistics = new LaneStatistics(run, parameters, sorter, wantsVariance);
  }

  void combineRun() {
    statistics.dropBad();
    statistics.countLeft();
    System.arraycopy(run.left, 0, run.offered, 0, run.stride);
    switch (parameters.rejection()) {
      case NONE -> {}
      case MIN_MAX -> {
        markExtremes(run.values, run.stride, run.rows, run.left, run.low, run.high);
        dropMarked(run.values, run.stride, run.rows, run.low, run.high);
        statistics.countLeft();
      }
      case SAMPLE, MAD, NOISE_MODEL -> clip();
    }
    statistics.finish();
  }

  /** Rows of the first of the smallest and the last of the largest; −1 for fewer than 3 values. */
  private static void markExtremes(
      float[] values, int stride, int rows, float[] left, float[] first, float[] last) {
    FloatVector none = FloatVector.broadcast(FLOATS, -1f);
    for (int lane = 0; lane < stride; lane += LANES) {
      FloatVector smallest = FloatVector.broadcast(FLOATS, INFINITY);
      FloatVector largest = FloatVector.broadcast(FLOATS, -INFINITY);
      FloatVector smallestRow = none;
      FloatVector largestRow = none;
      for (int k = 0; k < rows; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values, k * stride + lane);
        FloatVector row = FloatVector.broadcast(FLOATS, k);
        VectorMask<Float> below = value.compare(VectorOperators.LT, smallest);
        VectorMask<Float> above = value.compare(VectorOperators.GE, largest);
        smallest = smallest.blend(value, below);
        largest = largest.blend(value, above);
        smallestRow = smallestRow.blend(row, below);
        largestRow = largestRow.blend(row, above);
      }
      VectorMask<Float> few =
          FloatVector.fromArray(FLOATS, left, lane).compare(VectorOperators.LT, 3f);
      smallestRow.blend(none, few).intoArray(first, lane);
      largestRow.blend(none, few).intoArray(last, lane);
    }
  }

  private static void dropMarked(
      float[] values, int stride, int rows, float[] first, float[] last) {
    for (int lane = 0; lane < stride; lane += LANES) {
      FloatVector smallestRow = FloatVector.fromArray(FLOATS, first, lane);
      FloatVector largestRow = FloatVector.fromArray(FLOATS, last, lane);
      for (int k = 0; k < rows; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values, k * stride + lane);
        FloatVector row = FloatVector.broadcast(FLOATS, k);
        value
            .blend(Float.NaN, smallestRow.eq(row).or(largestRow.eq(row)))
            .intoArray(values, k * stride + lane);
      }
    }
  }

  private void clip() {
    for (int i = 0; i < run.stride; i++) {
      run.before[i] = INFINITY;
    }
    for (int round = 0; round < parameters.iterations(); round++) {
      if (!markActive(run.left, run.before, run.active)) {
        return;
      }
      System.arraycopy(run.left, 0, run.before, 0, run.stride);
      if (parameters.rejection() == CombineParameters.Rejection.NOISE_MODEL) {
        sorter.medians(run.centre);
        keepWithinNoise();
      } else {
        boolean aroundMean =
            parameters.rejection() == CombineParameters.Rejection.SAMPLE && round > 0;
        if (aroundMean) {
          statistics.means(run.centre);
          statistics.deviations(run.centre, run.sigma);
        } else {
          sorter.medians(run.centre);
          robustSigmas();
        }
        setLimits(run, (float) parameters.low(), (float) parameters.high());
        keepWithin(run.values, run.stride, run.rows, run.low, run.high);
      }
      statistics.countLeft();
    }
  }

  /** A pixel goes on while it has 3 values and the last round has taken some. */
  private static boolean markActive(float[] left, float[] before, float[] active) {
    boolean any = false;
    for (int i = 0; i < left.length; i++) {
      boolean goesOn = left[i] >= 3 && left[i] < before[i];
      active[i] = goesOn ? 1 : 0;
      any |= goesOn;
    }
    return any;
  }

  /** 1.4826 · MAD; the sample's deviation where the MAD is 0. */
  private void robustSigmas() {
    sorter.medianDistances(run.centre, run.sigma);
    boolean useless = false;
    for (int i = 0; i < run.stride; i++) {
      useless |= run.active[i] > 0 && run.sigma[i] <= 0;
      run.sigma[i] *= (float) PixelStack.SIGMA_PER_MAD;
    }
    if (useless) {
      statistics.means(run.low);
      statistics.deviations(run.low, run.high);
      for (int i = 0; i < run.stride; i++) {
        run.sigma[i] = run.sigma[i] > 0 ? run.sigma[i] : run.high[i];
      }
    }
  }

  private static void setLimits(StackRun run, float below, float above) {
    for (int i = 0; i < run.stride; i++) {
      boolean active = run.active[i] > 0;
      run.low[i] = active ? run.centre[i] - below * run.sigma[i] : -INFINITY;
      run.high[i] = active ? run.centre[i] + above * run.sigma[i] : INFINITY;
    }
  }

  private static void keepWithin(float[] values, int stride, int rows, float[] low, float[] high) {
    FloatVector nothing = FloatVector.broadcast(FLOATS, Float.NaN);
    for (int lane = 0; lane < stride; lane += LANES) {
      FloatVector from = FloatVector.fromArray(FLOATS, low, lane);
      FloatVector to = FloatVector.fromArray(FLOATS, high, lane);
      for (int k = 0; k < rows; k++) {
        FloatVector value = FloatVector.fromArray(FLOATS, values, k * stride + lane);
        VectorMask<Float> stays =
            value.compare(VectorOperators.GE, from).and(value.compare(VectorOperators.LE, to));
        nothing.blend(value, stays).intoArray(values, k * stride + lane);
      }
    }
  }

  private void keepWithinNoise() {
    float relative = (float) parameters.relativeError();
    for (int i = 0; i < run.stride; i++) {
      boolean active = run.active[i] > 0;
      run.low[i] = active ? (float) parameters.low() : INFINITY;
      run.high[i] = active ? (float) parameters.high() : INFINITY;
      // Settled pixels get a huge σ: a limit at infinity times σ = 0 would be NaN.
      run.sigma[i] = active ? relative * relative * run.centre[i] * run.centre[i] : 1;
    }
    keepWithinNoise(run, run.values, run.variances);
  }

  private static void keepWithinNoise(StackRun run, float[] values, float[] variances) {
    FloatVector nothing = FloatVector.broadcast(FLOATS, Float.NaN);
    int stride = run.stride;
    for (int lane = 0; lane < stride; lane += LANES) {
      FloatVector centre = FloatVector.fromArray(FLOATS, run.centre, lane);
      FloatVector floor = FloatVector.fromArray(FLOATS, run.sigma, lane);
      FloatVector low = FloatVector.fromArray(FLOATS, run.low, lane);
      FloatVector high = FloatVector.fromArray(FLOATS, run.high, lane);
      for (int k = 0; k < run.rows; k++) {
        int at = k * stride + lane;
        FloatVector value = FloatVector.fromArray(FLOATS, values, at);
        FloatVector sigma = FloatVector.fromArray(FLOATS, variances, at).add(floor).sqrt();
        FloatVector deviation = value.sub(centre);
        VectorMask<Float> stays =
            deviation
                .compare(VectorOperators.LE, sigma.mul(high))
                .and(deviation.neg().compare(VectorOperators.LE, sigma.mul(low)));
        nothing.blend(value, stays).intoArray(values, at);
      }
    }
  }
}
