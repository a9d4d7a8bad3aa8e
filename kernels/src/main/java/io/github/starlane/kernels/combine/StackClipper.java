package io.github.starlane.kernels.combine;

import io.github.starlane.kernels.combine.CombineParameters.Rejection;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Clips the stacks of a block. A stack goes on while the last round took some of 3 or more. */
final class StackClipper {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int WIDTH = StackBlock.WIDTH;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private final StackBlock block;
  private final StackLimits limits;
  private final StackMedian median;
  private final Rejection rejection;
  private final int iterations;
  private final float below;
  private final float above;
  private final float relativeError;

  private final float[] before = new float[WIDTH];
  private final float[] sigma = new float[WIDTH];

  /** Medians of what is left in this round. */
  private float[] middle = new float[WIDTH];

  private final float[] laterMiddle = middle;

  private final Step gather;
  private final Step findMedians;
  private final Step findDistances;
  private final Step narrowAboutMedians;
  private final Step narrowAboutMeans;
  private final Step sumWithin;
  private final Step dropBeyond;
  private final Step dropUnlikely;

  StackClipper(
      StackBlock block, StackLimits limits, StackMedian median, CombineParameters parameters) {
    this.block = block;
    this.limits = limits;
    this.median = median;
    rejection = parameters.rejection();
    iterations = parameters.iterations();
    below = (float) parameters.low();
    above = (float) parameters.high();
    relativeError = (float) parameters.relativeError();
    gather = block::gather;
    findMedians = () -> this.median.medians(block.values, block.at, block.complete, middle);
    findDistances =
        () -> this.median.medianDistances(block.values, block.at, block.complete, middle, sigma);
    narrowAboutMedians = () -> narrow(limits, before, middle, sigma, below, above);
    narrowAboutMeans = () -> narrow(limits, before, below, above);
    sumWithin = () -> StackSums.within(block.values, block.at, limits);
    dropBeyond = () -> block.dropBeyond(limits.low, limits.high);
    dropUnlikely = () -> block.dropUnlikely(middle, sigma, below * below, above * above);
  }

  /** Whether values are rejected by limits, with σ from the sample. */
  boolean usesLimits() {
    return rejection == Rejection.SAMPLE || rejection == Rejection.MAD;
  }

  /** Finds limits with σ from the sample, and the sums of what is within them. */
  void findLimits() {
    Step.apart(gather);
    Arrays.fill(limits.low, -INFINITY);
    Arrays.fill(limits.high, INFINITY);
    Arrays.fill(before, INFINITY);
    System.arraycopy(block.left, 0, limits.count, 0, WIDTH);
    // The first medians stay what sums are about.
    middle = limits.centre;
    Step.apart(findMedians);
    if (iterations > 0) {
      narrowRobustly();
    }
    Step.apart(sumWithin);
    for (int round = 1; round < iterations && goesOn(limits.count, before); round++) {
      if (rejection == Rejection.SAMPLE) {
        Step.apart(narrowAboutMeans);
      } else {
        middle = laterMiddle;
        Step.apart(dropBeyond);
        Step.apart(findMedians);
        narrowRobustly();
      }
      Step.apart(sumWithin);
    }
  }

  /** Whether a stack has 3 values and the last round has taken some. */
  private static boolean goesOn(float[] count, float[] before) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      if (active(count, before, lane).anyTrue()) {
        return true;
      }
    }
    return false;
  }

  private static VectorMask<Float> active(float[] count, float[] before, int lane) {
    FloatVector now = FloatVector.fromArray(FLOATS, count, lane);
    return now.compare(VectorOperators.LT, FloatVector.fromArray(FLOATS, before, lane))
        .and(now.compare(VectorOperators.GE, 3f));
  }

  /** Limits about medians, with σ from the median distance. */
  private void narrowRobustly() {
    Step.apart(findDistances);
    if (!fromDistances(sigma)) {
      standInForZeros();
    }
    Step.apart(narrowAboutMedians);
  }

  /** MAD to σ; tells whether none is 0. */
  private static boolean fromDistances(float[] sigma) {
    boolean useful = true;
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector distance = FloatVector.fromArray(FLOATS, sigma, lane);
      useful &= !distance.compare(VectorOperators.EQ, 0f).anyTrue();
      distance.mul((float) PixelStack.SIGMA_PER_MAD).intoArray(sigma, lane);
    }
    return useful;
  }

  /** More than half of the values are equal: the MAD knows nothing about the others. */
  private void standInForZeros() {
    float[] means = new float[WIDTH];
    float[] squares = new float[WIDTH];
    StackSums.means(block.values, block.at, block.left, means);
    StackSums.squares(block.values, block.at, means, squares);
    for (int i = 0; i < WIDTH; i++) {
      if (sigma[i] == 0) {
        sigma[i] = (float) Math.sqrt(squares[i] / (block.left[i] - 1));
      }
    }
  }

  private static void narrow(
      StackLimits limits,
      float[] before,
      float[] medians,
      float[] sigma,
      float below,
      float above) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector middle = FloatVector.fromArray(FLOATS, medians, lane);
      FloatVector deviation = FloatVector.fromArray(FLOATS, sigma, lane);
      narrow(limits, before, middle, deviation, below, above, lane);
    }
  }

  /** Limits about the means of what is left, with its sample deviation. */
  private static void narrow(StackLimits limits, float[] before, float below, float above) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      FloatVector mean = limits.means(lane);
      FloatVector deviation = limits.sampleVariances(lane).sqrt();
      narrow(limits, before, mean, deviation, below, above, lane);
    }
  }

  /** Moves the limits of the stacks that go on, and never outwards. */
  private static void narrow(
      StackLimits limits,
      float[] before,
      FloatVector middle,
      FloatVector deviation,
      float below,
      float above,
      int lane) {
    VectorMask<Float> active = active(limits.count, before, lane);
    FloatVector.fromArray(FLOATS, limits.count, lane).intoArray(before, lane);
    FloatVector low = FloatVector.fromArray(FLOATS, limits.low, lane);
    FloatVector high = FloatVector.fromArray(FLOATS, limits.high, lane);
    FloatVector newLow = middle.sub(deviation.mul(below));
    FloatVector newHigh = middle.add(deviation.mul(above));
    low.blend(newLow, active.and(newLow.compare(VectorOperators.GT, low)))
        .intoArray(limits.low, lane);
    high.blend(newHigh, active.and(newHigh.compare(VectorOperators.LT, high)))
        .intoArray(limits.high, lane);
  }

  /** Drops what is too far from the median for its own variance. */
  void dropUnlikely() {
    Arrays.fill(before, INFINITY);
    for (int round = 0; round < iterations && goesOn(block.left, before); round++) {
      Step.apart(findMedians);
      prepareNoise(block.left, before, middle, sigma, relativeError);
      Step.apart(dropUnlikely);
    }
  }

  /** σ² of the relative error; a centre of NaN for what is settled. */
  private static void prepareNoise(
      float[] left, float[] before, float[] centre, float[] floor, float relativeError) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      VectorMask<Float> active = active(left, before, lane);
      FloatVector.fromArray(FLOATS, left, lane).intoArray(before, lane);
      FloatVector middle = FloatVector.fromArray(FLOATS, centre, lane);
      FloatVector error = middle.mul(relativeError);
      error.mul(error).intoArray(floor, lane);
      middle.blend(Float.NaN, active.not()).intoArray(centre, lane);
    }
  }
}
