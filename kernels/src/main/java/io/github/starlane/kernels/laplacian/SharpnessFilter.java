package io.github.starlane.kernels.laplacian;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** N and S′ of a vector of pixels. */
final class SharpnessFilter {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** Smaller variances, 0 above all, count as this; images may be in any unit. */
  static final float LEAST_VARIANCE = 1e-30f;

  private final WorkingImage working;
  private final int reach;

  /** One filter at a time: its network has an array of its own. */
  private final SquareMedian median;

  /** S of the pixels around: their rows of a few whole vectors. */
  private final float[] around;

  private final int aroundStride;

  SharpnessFilter(WorkingImage working, LaplacianParameters parameters) {
    this.working = working;
    reach = parameters.noiseReach();
    median = new SquareMedian(reach, parameters.separable());
    aroundStride = columns(reach);
    around = new float[(2 * reach + 1) * aroundStride];
  }

  /** Columns in whole vectors that cover a vector of pixels and this many on either side. */
  static int columns(int reach) {
    return (LANES + 2 * reach + LANES - 1) / LANES * LANES;
  }

  /** Writes S′ of the pixels from {@code at} on. */
  void significance(int at, float[] out) {
    for (int j = 0; j <= 2 * reach; j++) {
      int row = at + (j - reach) * working.stride - reach;
      for (int i = 0; i < aroundStride; i += LANES) {
        sharpness(row + i).intoArray(around, j * aroundStride + i);
      }
    }
    int centre = reach * aroundStride + reach;
    FloatVector s = FloatVector.fromArray(FLOATS, around, centre);
    s.sub(median.at(around, centre, aroundStride)).intoArray(out, at);
  }

  private FloatVector sharpness(int at) {
    FloatVector noise = noise(at);
    return laplacian(working.image, at, working.stride).div(noise.add(noise));
  }

  /** N of the pixels from {@code at} on. */
  FloatVector noise(int at) {
    FloatVector variance = median.at(working.variance, at, working.stride);
    return variance.max(LEAST_VARIANCE).lanewise(VectorOperators.SQRT);
  }

  /** L of the pixels from {@code at} on. */
  static FloatVector laplacian(float[] image, int at, int stride) {
    FloatVector pixel = FloatVector.fromArray(FLOATS, image, at);
    FloatVector left = pixel.sub(FloatVector.fromArray(FLOATS, image, at - 1));
    FloatVector right = pixel.sub(FloatVector.fromArray(FLOATS, image, at + 1));
    FloatVector below = pixel.sub(FloatVector.fromArray(FLOATS, image, at - stride));
    FloatVector above = pixel.sub(FloatVector.fromArray(FLOATS, image, at + stride));
    FloatVector sum = positive(left.add(below)).add(positive(left.add(above)));
    return sum.add(positive(right.add(below))).add(positive(right.add(above))).mul(0.25f);
  }

  private static FloatVector positive(FloatVector v) {
    FloatVector zero = FloatVector.zero(FLOATS);
    return zero.blend(v, v.compare(VectorOperators.GT, 0));
  }
}
