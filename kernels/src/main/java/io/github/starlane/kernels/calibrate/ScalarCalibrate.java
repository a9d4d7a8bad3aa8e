package io.github.starlane.kernels.calibrate;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/** The plain version: any sample format, pixel by pixel, in double precision. */
public final class ScalarCalibrate implements Calibrate {

  @Override
  public void calibrate(
      RawPixels raw,
      CalibrationFrames frames,
      CalibrateParameters parameters,
      Plane image,
      Plane variance,
      MaskPlane mask) {
    CalibrateChecks.require(raw, frames, image, variance, mask);
    float[] bias = HostPlane.pixelsOrNull(frames.bias());
    float[] dark = HostPlane.pixelsOrNull(frames.dark());
    float[] inverseFlat = HostPlane.pixelsOrNull(frames.inverseFlat());
    int[] inherited = HostMaskPlane.bitsOrNull(frames.mask());
    float[] outImage = HostPlane.pixels(image);
    float[] outVariance = HostPlane.pixels(variance);
    int[] outMask = HostMaskPlane.bits(mask);
    double fixedVariance =
        parameters.readNoise() * parameters.readNoise() + parameters.extraVariance();

    for (int y = 0; y < raw.height(); y++) {
      double pedestal = frames.rowPedestal() == null ? 0 : frames.rowPedestal()[y];
      for (int x = 0; x < raw.width(); x++) {
        int i = y * raw.width() + x;
        double r = SampleReader.physical(raw, y * raw.rowStride() + x);
        double offset =
            pedestal
                + (bias == null ? 0 : bias[i])
                + (dark == null ? 0 : parameters.darkScale() * dark[i]);
        double factor = inverseFlat == null ? 1 : inverseFlat[i];
        double electrons = parameters.gain() * (r - offset);
        double value = electrons * factor;
        int bits = inherited == null ? 0 : inherited[i];
        bits |= levelBits(r, parameters);
        if (Double.isFinite(electrons) && Double.isFinite(factor)) {
          outImage[i] = (float) value;
          outVariance[i] = (float) ((Math.max(electrons, 0) + fixedVariance) * factor * factor);
          bits |= value < 0 ? parameters.negativeBit() : 0;
        } else {
          outImage[i] = Float.NaN;
          outVariance[i] = Float.NaN;
          bits |= parameters.nanBit();
        }
        outMask[i] = bits;
      }
    }
  }

  private static int levelBits(double r, CalibrateParameters parameters) {
    if (!Double.isFinite(r)) {
      return 0;
    }
    return (r >= parameters.saturation() ? parameters.saturatedBit() : 0)
        | (r >= parameters.nonLinear() ? parameters.nonLinearBit() : 0);
  }
}
