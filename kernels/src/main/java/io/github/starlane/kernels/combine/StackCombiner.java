package io.github.starlane.kernels.combine;

import io.github.starlane.kernels.combine.CombineParameters.Method;
import io.github.starlane.kernels.combine.CombineParameters.Rejection;

/** Rejects and combines the stacks of a block. */
final class StackCombiner {

  private final StackBlock block;
  private final Rejection rejection;
  private final boolean isMedian;
  private final boolean wantsVariance;
  private final boolean wantsMask;

  /** Whether nothing but the values themselves decides the mean. */
  private final boolean plainMean;

  private final boolean hasVariances;
  private final float[] weights;
  private final StackMedian median;
  private final StackClipper clipper;
  private final StackLimits limits = new StackLimits();
  private final WeightedSums sums;
  private final float[] first = new float[StackBlock.WIDTH];
  private final float[] second = new float[StackBlock.WIDTH];

  StackCombiner(
      StackBlock block, StackInput input, CombineParameters parameters, StackResult wanted) {
    this.block = block;
    rejection = parameters.rejection();
    isMedian = parameters.method() == Method.MEDIAN;
    wantsVariance = wanted.variance() != null;
    wantsMask = wanted.mask() != null && input.masks() != null;
    hasVariances = input.variances() != null;
    plainMean = !isMedian && input.equalWeights() && !wantsMask;
    weights = new float[input.count()];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = isMedian ? 1 : (float) input.weights()[k];
    }
    median = new StackMedian(input.count());
    clipper = new StackClipper(median, parameters);
    sums = new WeightedSums(weights);
  }

  /** Combines what the block holds. */
  void combine() {
    boolean valueOnly = plainMean && !wantsVariance;
    switch (rejection) {
      case NONE -> finish();
      case MIN_MAX -> {
        if (valueOnly) {
          meanWithoutExtremes();
        } else {
          StackSums.extremeRows(block.values, block.at, block.left, first, second);
          block.dropRows(first, second);
          finish();
        }
      }
      case SAMPLE, MAD -> {
        clipper.findLimits(block, limits);
        if (valueOnly || (plainMean && !hasVariances)) {
          limits.results(block.value, block.variance);
          System.arraycopy(limits.count, 0, block.left, 0, StackBlock.WIDTH);
        } else {
          block.dropBeyond(limits.low, limits.high);
          finish();
        }
      }
      case NOISE_MODEL -> {
        clipper.dropUnlikely(block);
        finish();
      }
    }
    if (wantsMask) {
      block.orMasks();
    }
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

  private void finish() {
    if (isMedian) {
      median.medians(block.values, block.at, block.complete, block.value);
      WeightedSums.clearEmpty(block.left, block.value);
    }
    if (plainMean && !wantsVariance) {
      if (block.complete) {
        StackSums.completeMeans(block.values, block.at, block.value);
      } else {
        StackSums.means(block.values, block.at, block.left, block.value);
      }
    } else if (!isMedian || wantsVariance) {
      sums.add(block.values, block.at);
      if (!isMedian) {
        sums.means(block.value);
      }
    }
    if (wantsVariance) {
      if (hasVariances) {
        sums.addNoise(block.values, block.at, block.variances, block.varianceAt);
        sums.propagatedVariances(block.left, isMedian, block.variance);
      } else {
        StackSums.means(block.values, block.at, block.left, first);
        StackSums.squares(block.values, block.at, first, second);
        sums.scatterVariances(second, block.left, isMedian, block.variance);
      }
    }
  }
}
