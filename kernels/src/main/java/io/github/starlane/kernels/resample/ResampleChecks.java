package io.github.starlane.kernels.resample;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;

/** Refuses inputs that do not fit together. */
final class ResampleChecks {

  private ResampleChecks() {}

  static void require(
      Plane image,
      Plane variance,
      MaskPlane mask,
      Mapping mapping,
      Plane out,
      Plane outVariance,
      MaskPlane outMask) {
    Shapes.requireSize("the variance", variance, image.width(), image.height());
    Shapes.requireSize("the mask", mask, image.width(), image.height());
    Shapes.requireSize("the output", out, mapping.width(), mapping.height());
    Shapes.requireSize("the output variance", outVariance, mapping.width(), mapping.height());
    Shapes.requireSize("the output mask", outMask, mapping.width(), mapping.height());
    if ((variance == null) != (outVariance == null)) {
      throw new IllegalArgumentException("variance in and out must be given both or neither");
    }
    boolean coversX = (mapping.columns() - 1L) * mapping.step() >= mapping.width() - 1L;
    boolean coversY = (mapping.rows() - 1L) * mapping.step() >= mapping.height() - 1L;
    if (mapping.columns() < 2 || mapping.rows() < 2 || !coversX || !coversY) {
      throw new IllegalArgumentException("the mapping's nodes do not cover its output");
    }
  }
}
