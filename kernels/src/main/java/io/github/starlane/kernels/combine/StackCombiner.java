package io.github.starlane.kernels.combine;

import io.github.starlane.kernels.combine.CombineParameters.Method;
import io.github.starlane.kernels.combine.CombineParameters.Rejection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rejects and combines the stacks of a block, in steps that are chosen once. */
final class StackCombiner {

  private final StackBlock block;
  private final boolean isMedian;
  private final StackMedian median;
  private final StackClipper clipper;
  private final StackLimits limits = new StackLimits();
  private final WeightedSums sums;
  private final float[] first = new float[StackBlock.WIDTH];
  private final float[] second = new float[StackBlock.WIDTH];
  private final List<Step> steps = new ArrayList<>();

  StackCombiner(
      StackBlock block, StackInput input, CombineParameters parameters, StackResult wanted) {
    this.block = block;
    isMedian = parameters.method() == Method.MEDIAN;
    float[] weights = new float[input.count()];
    // Relative to the largest: squares of others may leave the range of a float.
    double largest = Arrays.stream(input.weights()).max().orElse(1);
    for (int k = 0; k < weights.length; k++) {
      weights[k] = isMedian ? 1 : (float) (input.weights()[k] / largest);
    }
    median = new StackMedian(input.count());
    clipper = new StackClipper(block, limits, median, parameters);
    sums = new WeightedSums(weights);
    boolean wantsVariance = wanted.variance() != null;
    boolean wantsMask = wanted.mask() != null && input.masks() != null;
    // Nothing but the values themselves decides the mean.
    boolean isPlain = !isMedian && input.equalWeights() && !wantsMask;
    boolean fromScatter = !wantsVariance || input.variances() == null;
    if (parameters.rejection() == Rejection.MIN_MAX && isPlain && !wantsVariance) {
      steps.add(this::meanWithoutExtremes);
    } else if (clipper.usesLimits() && isPlain && fromScatter) {
      steps.add(clipper::findLimits);
      steps.add(this::resultsOfLimits);
    } else {
      addRejection(parameters.rejection());
      addValue(isPlain && !wantsVariance, wantsVariance);
      if (wantsVariance) {
        addVariance(input.variances() != null);
      }
    }
    if (wantsMask) {
      steps.add(block::orMasks);
    }
  }

  /** Combines what the block holds. */
  void combine() {
    for (Step step : steps) {
      Step.apart(step);
    }
  }

  private void addRejection(Rejection rejection) {
    switch (rejection) {
      case NONE -> {}
      case MIN_MAX -> {
        steps.add(() -> StackSums.extremeRows(block.values, block.at, block.left, first, second));
        steps.add(() -> block.dropRows(first, second));
      }
      case SAMPLE, MAD -> {
        steps.add(clipper::findLimits);
        steps.add(() -> block.dropBeyond(limits.low, limits.high));
      }
      case NOISE_MODEL -> steps.add(clipper::dropUnlikely);
    }
  }

  private void addValue(boolean isPlain, boolean wantsVariance) {
    if (isMedian) {
      steps.add(
          () -> {
            median.medians(block.values, block.at, block.complete, block.value);
            WeightedSums.clearEmpty(block.left, block.value);
          });
    }
    if (isPlain) {
      steps.add(this::plainMean);
    } else if (!isMedian || wantsVariance) {
      steps.add(() -> sums.add(block.values, block.at));
    }
    if (!isPlain && !isMedian) {
      steps.add(() -> sums.means(block.value));
    }
  }

  private void addVariance(boolean hasVariances) {
    if (hasVariances) {
      steps.add(() -> sums.addNoise(block.values, block.at, block.variances, block.varianceAt));
      steps.add(() -> sums.propagatedVariances(block.left, isMedian, block.variance));
    } else {
      steps.add(() -> StackSums.means(block.values, block.at, block.left, first));
      steps.add(() -> StackSums.squares(block.values, block.at, first, second));
      steps.add(() -> sums.scatterVariances(second, block.left, isMedian, block.variance));
    }
  }

  private void plainMean() {
    if (block.complete) {
      StackSums.completeMeans(block.values, block.at, block.value);
    } else {
      StackSums.means(block.values, block.at, block.left, block.value);
    }
  }

  private void resultsOfLimits() {
    limits.results(block.value, block.variance);
    System.arraycopy(limits.count, 0, block.left, 0, StackBlock.WIDTH);
  }

  private void meanWithoutExtremes() {
    if (block.complete && block.rows >= 3) {
      StackSums.completeMeansWithoutExtremes(block.values, block.at, block.value);
    } else {
      StackSums.meansWithoutExtremes(block.values, block.at, block.left, block.value);
    }
    for (int i = 0; i < StackBlock.WIDTH; i++) {
      block.left[i] -= block.left[i] >= 3 ? 2 : 0;
    }
  }
}
