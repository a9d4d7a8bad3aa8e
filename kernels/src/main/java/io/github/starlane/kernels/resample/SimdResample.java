package io.github.starlane.kernels.resample;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/**
 * The vector version, a vector of output pixels at a time.
 *
 * <p>Output pixels that look at consecutive input columns of one row share contiguous loads, each
 * lane with its own weights. That is so over long runs for scales near 1 and small rotations; where
 * it is not, a vector is worked through once for each run in it and the results are blended. A pure
 * shift has the same weights everywhere and is done by columns, then by rows.
 */
public final class SimdResample implements Resample {

  @Override
  public void resample(
      Plane image,
      Plane variance,
      MaskPlane mask,
      Mapping mapping,
      ResampleParameters parameters,
      Plane out,
      Plane outVariance,
      MaskPlane outMask) {
    ResampleChecks.require(image, variance, mask, mapping, out, outVariance, outMask);
    LaneRows rows =
        new LaneRows(
            image.width(),
            image.height(),
            HostPlane.pixels(image),
            HostPlane.pixelsOrNull(variance),
            outMask == null && parameters.badBits() == 0 ? null : HostMaskPlane.bitsOrNull(mask),
            mapping,
            parameters);
    rows.resample(
        HostPlane.pixels(out),
        HostPlane.pixelsOrNull(outVariance),
        HostMaskPlane.bitsOrNull(outMask));
  }
}
