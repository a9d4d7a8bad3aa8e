package io.github.starlane.kernels.combine;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Limits of the values that are left in the stacks of a block, and sums of those. Mutable. */
final class StackLimits {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int WIDTH = StackBlock.WIDTH;

  /** Least and greatest values that are left. */
  final float[] low = new float[WIDTH];

  final float[] high = new float[WIDTH];

  /** What {@link #sum} and {@link #squares} are about. */
  final float[] centre = new float[WIDTH];

  /** Number of values within the limits. */
  final float[] count = new float[WIDTH];

  /** Σ (value − centre). */
  final float[] sum = new float[WIDTH];

  /** Σ (value − centre)². */
  final float[] squares = new float[WIDTH];

  /** Means of the values within the limits. */
  FloatVector means(int lane) {
    return FloatVector.fromArray(FLOATS, centre, lane)
        .add(
            FloatVector.fromArray(FLOATS, sum, lane)
                .div(FloatVector.fromArray(FLOATS, count, lane)));
  }

  /** Their sample variances; NaN for fewer than 2. */
  FloatVector sampleVariances(int lane) {
    FloatVector number = FloatVector.fromArray(FLOATS, count, lane);
    FloatVector total = FloatVector.fromArray(FLOATS, sum, lane);
    FloatVector scatter =
        FloatVector.fromArray(FLOATS, squares, lane).sub(total.mul(total).div(number));
    return scatter
        .blend(0f, scatter.compare(VectorOperators.LT, 0f))
        .div(number.sub(1f))
        .blend(Float.NaN, number.compare(VectorOperators.LT, 2f));
  }

  /** Stores means, and the variances of the means. */
  void results(float[] means, float[] variances) {
    for (int lane = 0; lane < WIDTH; lane += LANES) {
      means(lane).intoArray(means, lane);
      sampleVariances(lane)
          .div(FloatVector.fromArray(FLOATS, count, lane))
          .intoArray(variances, lane);
    }
  }
}
