package io.github.starlane.kernels.calibrate;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;
import java.util.Locale;

/** Refuses inputs that do not fit together. */
final class CalibrateChecks {

  private CalibrateChecks() {}

  static void require(
      RawPixels raw, CalibrationFrames frames, Plane image, Plane variance, MaskPlane mask) {
    int width = raw.width();
    int height = raw.height();
    Shapes.requireSize("the output image", image, width, height);
    Shapes.requireSize("the output variance", variance, width, height);
    Shapes.requireSize("the output mask", mask, width, height);
    Shapes.requireSize("the bias", frames.bias(), width, height);
    Shapes.requireSize("the dark", frames.dark(), width, height);
    Shapes.requireSize("the flat", frames.inverseFlat(), width, height);
    Shapes.requireSize("the calibration mask", frames.mask(), width, height);
    requireLength("rows", frames.pedestal().rows(), height);
    requireLength("columns", frames.pedestal().columns(), width);
    requireInside(raw);
  }

  private static void requireLength(String what, float[] pedestal, int length) {
    if (pedestal != null && pedestal.length != length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "the pedestal has %d %s, expected %d", pedestal.length, what, length));
    }
  }

  private static void requireInside(RawPixels raw) {
    if (raw.width() == 0 || raw.height() == 0) {
      return;
    }
    long last = (raw.height() - 1L) * raw.rowStride() + raw.width();
    long end = raw.offset() + last * raw.format().bytes();
    if (raw.offset() < 0 || raw.rowStride() < raw.width() || end > raw.segment().byteSize()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "raw pixels end at byte %d of a segment of %d bytes",
              end,
              raw.segment().byteSize()));
    }
  }
}
