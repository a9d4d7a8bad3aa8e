package io.github.starlane.kernels.combine;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.List;

/**
 * The vector version: one lane per pixel. The stacks of a short run of pixels are copied together,
 * so that everything after that happens in the nearest cache and without tails.
 */
public final class SimdCombine implements Combine {

  /** Pixels per run: a multiple of every vector length, few enough for 200 images to fit in L2. */
  private static final int RUN = 256;

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

    StackRun run = new StackRun(n, RUN, noise != null, bits != null, weights);
    LaneCombiner combiner = new LaneCombiner(run, parameters, variance != null);
    for (int from = 0; from < value.length; from += RUN) {
      int length = Math.min(RUN, value.length - from);
      run.load(pixels, noise, bits, from, length);
      combiner.combineRun();
      System.arraycopy(run.value, 0, value, from, length);
      copyOut(run.variance, variance, from, length);
      copyOut(run.count, count, from, length);
      copyOut(run.rejected, rejected, from, length);
      if (mask != null) {
        System.arraycopy(run.mask, 0, mask, from, length);
      }
    }
  }

  private static void copyOut(float[] source, float[] target, int from, int length) {
    if (target != null) {
      System.arraycopy(source, 0, target, from, length);
    }
  }
}
