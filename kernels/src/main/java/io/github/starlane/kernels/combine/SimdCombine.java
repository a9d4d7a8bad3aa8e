package io.github.starlane.kernels.combine;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.VectorAlignment;
import java.util.List;

/**
 * The vector version: one lane per pixel. Images are read in strips that fit in the second-level
 * cache, and strips are combined in blocks that fit in the nearest one.
 */
public final class SimdCombine implements Combine {

  @Override
  public void combine(
      List<Plane> images,
      List<Plane> variances,
      List<MaskPlane> masks,
      double[] weights,
      CombineParameters parameters,
      CombineOutput output) {
    CombineChecks.require(images, variances, masks, weights, parameters, output);
    StackInput input = StackInput.of(images, variances, masks, weights);
    StackResult result = StackResult.of(output);
    StackStrip strip = new StackStrip(input, parameters.badBits());
    StackBlock block = new StackBlock(input, strip);
    StackCombiner combiner = new StackCombiner(block, input, parameters, result);
    int size = result.value().length;
    for (int from = 0; from < size; from += strip.length) {
      int longest = from == 0 ? VectorAlignment.HEAD : strip.capacity;
      strip.moveTo(from, Math.min(size, from + longest));
      for (int offset = 0; offset < strip.length; offset += StackBlock.WIDTH) {
        block.moveTo(offset);
        combiner.combine();
        block.copyTo(result, from + offset, Math.min(StackBlock.WIDTH, strip.length - offset));
      }
    }
  }
}
