package io.github.starlane.kernels.combine;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.List;

/** The plain version: one pixel's stack at a time, in double precision. */
public final class ScalarCombine implements Combine {

  @Override
  public void combine(
      List<Plane> images,
      List<Plane> variances,
      List<MaskPlane> masks,
      double[] weights,
      CombineParameters parameters,
      CombineOutput output) {
    CombineChecks.require(images, variances, masks, weights, parameters, output);
    int n = images.size();
    float[][] pixels = images.stream().map(HostPlane::pixels).toArray(float[][]::new);
    float[][] noise =
        variances == null
            ? null
            : variances.stream().map(HostPlane::pixels).toArray(float[][]::new);
    int[][] bits =
        masks == null ? null : masks.stream().map(HostMaskPlane::bits).toArray(int[][]::new);
    float[] value = HostPlane.pixels(output.value());
    float[] variance = HostPlane.pixelsOrNull(output.variance());
    float[] count = HostPlane.pixelsOrNull(output.count());
    float[] rejected = HostPlane.pixelsOrNull(output.rejected());
    int[] mask = HostMaskPlane.bitsOrNull(output.mask());

    PixelStack stack = new PixelStack(n, parameters, noise != null);
    for (int i = 0; i < value.length; i++) {
      stack.clear();
      for (int k = 0; k < n; k++) {
        stack.offer(
            pixels[k][i],
            noise == null ? 0 : noise[k][i],
            bits == null ? 0 : bits[k][i],
            weights == null ? 1 : weights[k]);
      }
      int offered = stack.size();
      stack.reject();
      value[i] = (float) stack.value();
      if (variance != null) {
        variance[i] = (float) stack.variance();
      }
      if (count != null) {
        count[i] = stack.size();
      }
      if (rejected != null) {
        rejected[i] = offered - stack.size();
      }
      if (mask != null) {
        mask[i] = stack.bits();
      }
    }
  }
}
