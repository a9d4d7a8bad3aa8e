package io.github.starlane.kernels.combine;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.VectorAlignment;
import java.util.List;

/**
 * The vector version: one lane per pixel.
 *
 * <p>A strip of all images that fits in the second-level cache is looked at first, image by image,
 * for values that do not take part. That brings the strip in at the speed of memory, which reading
 * many images in step does not reach, and lets all others be combined where they lie. Then the
 * strip is combined in blocks that fit in the nearest cache.
 */
public final class SimdCombine implements Combine {

  /** Samples of a strip: 1/2 MB. */
  private static final int STRIP_SAMPLES = 1 << 17;

  private static final int LONGEST_STRIP = 4096;

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
    StackBlock block = new StackBlock(input, parameters.badBits());
    StackCombiner combiner = new StackCombiner(block, input, parameters, result);
    int size = result.value().length;
    int strip = stripLength(input);
    for (int from = 0; from < size; ) {
      int to = Math.min(size, from == 0 ? VectorAlignment.HEAD : from + strip);
      boolean complete = StackScan.allTakePart(input, parameters.badBits(), from, to);
      for (int at = from; at < to; at += StackBlock.WIDTH) {
        int length = Math.min(StackBlock.WIDTH, to - at);
        block.moveTo(at, length, complete);
        combiner.combine();
        block.copyTo(result, at, length);
      }
      from = to;
    }
  }

  private static int stripLength(StackInput input) {
    int planes = 1 + (input.variances() == null ? 0 : 1) + (input.masks() == null ? 0 : 1);
    int length = Math.min(LONGEST_STRIP, STRIP_SAMPLES / (planes * input.count()));
    return Math.max(1, length / StackBlock.WIDTH) * StackBlock.WIDTH;
  }
}
