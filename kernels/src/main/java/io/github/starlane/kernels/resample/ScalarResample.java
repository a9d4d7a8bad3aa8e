package io.github.starlane.kernels.resample;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/** The plain version: exact weights, pixel by pixel, in double precision. */
public final class ScalarResample implements Resample {

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
    Footprint footprint = new Footprint(image, variance, mask, parameters);
    float[] outPixels = HostPlane.pixels(out);
    float[] outVariances = HostPlane.pixelsOrNull(outVariance);
    int[] outBits = HostMaskPlane.bitsOrNull(outMask);
    MappingRow row = new MappingRow(mapping.width());
    for (int y = 0; y < mapping.height(); y++) {
      row.fill(mapping, y);
      for (int x = 0; x < mapping.width(); x++) {
        int i = y * mapping.width() + x;
        double factor = parameters.conserveFlux() ? row.jacobian[x] : 1;
        footprint.sum(row.inputX[x], row.inputY[x]);
        outPixels[i] = (float) (footprint.value * factor);
        if (outVariances != null) {
          outVariances[i] = (float) (footprint.variance * factor * factor);
        }
        if (outBits != null) {
          outBits[i] = footprint.bits;
        }
      }
    }
  }
}
