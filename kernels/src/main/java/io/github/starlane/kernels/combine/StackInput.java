package io.github.starlane.kernels.combine;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.List;

/**
 * The arrays behind a call.
 *
 * @param values pixels of each image
 * @param variances of each image, or null
 * @param masks of each image, or null
 * @param weights of each image; ones where none were given
 * @param equalWeights whether none were given
 */
record StackInput(
    float[][] values, float[][] variances, int[][] masks, double[] weights, boolean equalWeights) {

  static StackInput of(
      List<Plane> images, List<Plane> variances, List<MaskPlane> masks, double[] weights) {
    double[] factors = new double[images.size()];
    for (int k = 0; k < factors.length; k++) {
      factors[k] = weights == null ? 1 : weights[k];
    }
    return new StackInput(
        pixels(images),
        variances == null ? null : pixels(variances),
        masks == null ? null : masks.stream().map(HostMaskPlane::bits).toArray(int[][]::new),
        factors,
        weights == null);
  }

  private static float[][] pixels(List<Plane> planes) {
    return planes.stream().map(HostPlane::pixels).toArray(float[][]::new);
  }

  /** Number of images. */
  int count() {
    return values.length;
  }
}
