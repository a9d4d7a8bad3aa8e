package io.github.starlane.kernels.calibrate;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/**
 * Calibration frames cut to the region that is being calibrated; each may be null.
 *
 * @param bias [ADU]; null for 0
 * @param dark [ADU], multiplied by {@code darkScale}; null for 0
 * @param inverseFlat 1 / flat, dimensionless; null for 1
 * @param mask bits that every frame inherits; null for none
 * @param rowPedestal level to subtract from each row (overscan) [ADU], one value per row; null for
 *     0
 */
public record CalibrationFrames(
    Plane bias, Plane dark, Plane inverseFlat, MaskPlane mask, float[] rowPedestal) {

  /** No calibration at all. */
  public static final CalibrationFrames NONE = new CalibrationFrames(null, null, null, null, null);
}
