package io.github.starlane.kernels.combine;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;
import java.util.List;
import java.util.Locale;

/** Refuses inputs that do not fit together. */
final class CombineChecks {

  private CombineChecks() {}

  static void require(
      List<Plane> images,
      List<Plane> variances,
      List<MaskPlane> masks,
      double[] weights,
      CombineParameters parameters,
      CombineOutput output) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to combine");
    }
    int width = images.get(0).width();
    int height = images.get(0).height();
    requireCount("variances", variances, images.size());
    requireCount("masks", masks, images.size());
    if (weights != null && weights.length != images.size()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d weights for %d images", weights.length, images.size()));
    }
    if (parameters.rejection() == CombineParameters.Rejection.NOISE_MODEL && variances == null) {
      throw new IllegalArgumentException("rejection by the noise model needs variances");
    }
    for (int k = 0; k < images.size(); k++) {
      Shapes.requireSize("image " + k, images.get(k), width, height);
      if (variances != null) {
        Shapes.requireSize("variance " + k, variances.get(k), width, height);
      }
      if (masks != null) {
        Shapes.requireSize("mask " + k, masks.get(k), width, height);
      }
    }
    Shapes.requireSize("the output value", output.value(), width, height);
    Shapes.requireSize("the output variance", output.variance(), width, height);
    Shapes.requireSize("the output count", output.count(), width, height);
    Shapes.requireSize("the output of rejected", output.rejected(), width, height);
    Shapes.requireSize("the output mask", output.mask(), width, height);
  }

  private static void requireCount(String what, List<?> given, int count) {
    if (given != null && given.size() != count) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d %s for %d images", given.size(), what, count));
    }
  }
}
