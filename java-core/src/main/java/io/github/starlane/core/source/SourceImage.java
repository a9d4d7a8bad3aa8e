package io.github.starlane.core.source;

import io.github.starlane.core.calibration.CalibratedFrame;
import io.github.starlane.kernels.Plane;

/**
 * An image to extract sources from.
 *
 * @param frame image with its background [electron], variance, mask
 * @param gain electrons per image unit: 1 for an epoch, the effective number of epochs for a mean
 *     coadd
 * @param relativeVariance of the background at each pixel, 1 where it is typical; null if the noise
 *     is that of the background alone, without abrupt changes
 * @param singleExposure whether cosmic rays are to be expected
 */
public record SourceImage(
    CalibratedFrame frame, double gain, Plane relativeVariance, boolean singleExposure) {

  /** One exposure, in electrons. */
  public static SourceImage exposure(CalibratedFrame frame) {
    return new SourceImage(frame, 1, null, true);
  }

  /** A coadd of shifted epochs, whose noise changes where their number does. */
  public static SourceImage coadd(CalibratedFrame frame, double gain, Plane relativeVariance) {
    return new SourceImage(frame, gain, relativeVariance, false);
  }

  /** Columns. */
  int width() {
    return frame.image().width();
  }

  /** Rows. */
  int height() {
    return frame.image().height();
  }
}
