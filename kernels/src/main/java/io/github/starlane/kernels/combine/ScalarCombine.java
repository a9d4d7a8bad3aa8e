package io.github.starlane.kernels.combine;

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
    StackInput input = StackInput.of(images, variances, masks, weights);
    StackResult result = StackResult.of(output);
    PixelStack stack = new PixelStack(input.count(), parameters, variances != null);
    for (int i = 0; i < result.value().length; i++) {
      stack.clear();
      offerAll(stack, input, i);
      int offered = stack.size();
      stack.reject();
      store(stack, offered, result, i);
    }
  }

  private static void offerAll(PixelStack stack, StackInput input, int i) {
    for (int k = 0; k < input.count(); k++) {
      stack.offer(
          input.values()[k][i],
          input.variances() == null ? 0 : input.variances()[k][i],
          input.masks() == null ? 0 : input.masks()[k][i],
          input.weights()[k]);
    }
  }

  private static void store(PixelStack stack, int offered, StackResult result, int i) {
    result.value()[i] = (float) stack.value();
    if (result.variance() != null) {
      result.variance()[i] = (float) stack.variance();
    }
    if (result.count() != null) {
      result.count()[i] = stack.size();
    }
    if (result.rejected() != null) {
      result.rejected()[i] = offered - stack.size();
    }
    if (result.mask() != null) {
      result.mask()[i] = stack.bits();
    }
  }
}
