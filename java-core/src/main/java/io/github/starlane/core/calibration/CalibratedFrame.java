package io.github.starlane.core.calibration;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/**
 * A calibrated piece of a frame.
 *
 * @param image [electron]
 * @param variance [electron²]
 * @param mask bits of {@link io.github.starlane.core.frame.MaskBit}
 */
public record CalibratedFrame(Plane image, Plane variance, MaskPlane mask)
    implements AutoCloseable {
  @Override
  public void close() {
    image.close();
    variance.close();
    mask.close();
  }
}
