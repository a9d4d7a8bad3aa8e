package io.github.starlane.kernels.resample;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over a {@link LanePatch} by all the rules of {@link Resample}: with bad pixels, NaN and the
 * edges of the image. The weights of the vector at hand begin at {@code at}.
 */
final class LaneRules {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int STRIDE = LanePatch.STRIDE;

  private LaneRules() {}

  /**
   * Weighted means of the good pixels, and their variances.
   *
   * @param at where the weights begin
   * @param value receives a vector; NaN where too little is good
   * @param variance likewise
   */
  static void sum(
      LanePatch patch, float[] wx, float[] wy, int at, float[] value, float[] variance) {
    float[] good = patch.good;
    float[] pixel = patch.pixel;
    float[] noise = patch.variance;
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector sum = zero;
    FloatVector sumWeight = zero;
    FloatVector sumNoise = zero;
    for (int j = 0; j < Lanczos.TAPS; j++) {
      FloatVector weightY = FloatVector.fromArray(FLOATS, wy, at + j * LANES);
      for (int i = 0; i < Lanczos.TAPS; i++) {
        int k = j * STRIDE + i;
        FloatVector weight = FloatVector.fromArray(FLOATS, wx, at + i * LANES).mul(weightY);
        FloatVector kept = FloatVector.fromArray(FLOATS, good, k).mul(weight);
        VectorMask<Float> negligible =
            kept.abs().compare(VectorOperators.LT, Lanczos.NEGLIGIBLE_WEIGHT);
        sum = FloatVector.fromArray(FLOATS, pixel, k).fma(kept, sum);
        sumWeight = sumWeight.add(kept);
        // Pixels that don't count are 0, but a good pixel's variance may be NaN.
        FloatVector term = FloatVector.fromArray(FLOATS, noise, k).mul(kept).mul(kept);
        sumNoise = sumNoise.add(term.blend(zero, negligible));
      }
    }
    VectorMask<Float> enough = sumWeight.compare(VectorOperators.GE, Lanczos.LEAST_WEIGHT);
    FloatVector none = FloatVector.broadcast(FLOATS, Float.NaN);
    none.blend(sum.div(sumWeight), enough).intoArray(value, 0);
    none.blend(sumNoise.div(sumWeight.mul(sumWeight)), enough).intoArray(variance, 0);
  }

  /** Joined masks of the pixels that weigh more than a limit. */
  static void touched(LanePatch patch, float[] wx, float[] wy, int at, float limit, int[] out) {
    int[] masks = patch.bits;
    IntVector none = IntVector.zero(INTS);
    IntVector bits = none;
    for (int j = 0; j < Lanczos.TAPS; j++) {
      FloatVector weightY = FloatVector.fromArray(FLOATS, wy, at + j * LANES);
      for (int i = 0; i < Lanczos.TAPS; i++) {
        FloatVector weight = FloatVector.fromArray(FLOATS, wx, at + i * LANES).mul(weightY);
        VectorMask<Float> heavy = weight.abs().compare(VectorOperators.GT, limit);
        IntVector found = IntVector.fromArray(INTS, masks, j * STRIDE + i);
        bits = bits.or(none.blend(found, heavy.cast(INTS)));
      }
    }
    bits.intoArray(out, 0);
  }

  /** Mask of the nearest pixel: the one with the largest weight, of two equal ones the later. */
  static void nearest(LanePatch patch, float[] wx, float[] wy, int at, int[] out) {
    VectorMask<Integer> right = later(wx, at);
    IntVector lower = chosen(patch.bits, 2 * STRIDE + 2, right);
    IntVector upper = chosen(patch.bits, 3 * STRIDE + 2, right);
    lower.blend(upper, later(wy, at)).intoArray(out, 0);
  }

  private static VectorMask<Integer> later(float[] weights, int at) {
    return FloatVector.fromArray(FLOATS, weights, at + 3 * LANES)
        .compare(VectorOperators.GE, FloatVector.fromArray(FLOATS, weights, at + 2 * LANES))
        .cast(INTS);
  }

  private static IntVector chosen(int[] masks, int at, VectorMask<Integer> right) {
    return IntVector.fromArray(INTS, masks, at)
        .blend(IntVector.fromArray(INTS, masks, at + 1), right);
  }
}
