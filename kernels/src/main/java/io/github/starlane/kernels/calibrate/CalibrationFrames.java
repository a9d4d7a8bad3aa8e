package io.github.starlane.kernels.calibrate;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/**
 * Calibration frames cut to the region that is being calibrated; each but the pedestal may be null.
 *
 * @param pedestal to subtract from the raw values; {@link Pedestal#NONE} for none
 * @param bias [ADU]; null for 0
 * @param dark [ADU], multiplied by {@code darkScale}; null for 0
 * @param inverseFlat 1 / flat, dimensionless; null for 1
 * @param mask bits that every frame inherits; null for none
 */
public record CalibrationFrames(
    Pedestal pedestal, Plane bias, Plane dark, Plane inverseFlat, MaskPlane mask) {

  /** No calibration at all. */
  public static final CalibrationFrames NONE =
      new CalibrationFrames(Pedestal.NONE, null, null, null, null);
}
