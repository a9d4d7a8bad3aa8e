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
    float[] outVariance = HostPlane.pixelsOrNull(variance);
    int[] outMask = HostMaskPlane.bitsOrNull(mask);
    double fixedVariance =
        parameters.readNoise() * parameters.readNoise() + parameters.extraVariance();

    for (int y = 0; y < raw.height(); y++) {
      for (int x = 0; x < raw.width(); x++) {
        int i = y * raw.width() + x;
        double r = raw.value(x, y);
        double zero = pedestal(frames.pedestal(), x, y) + (bias == null ? 0 : bias[i]);
        double scaledDark = dark == null ? 0 : parameters.darkScale() * dark[i];
        double factor = inverseFlat == null ? 1 : inverseFlat[i];
        double electrons = parameters.gain() * (linear(parameters, r - zero) - scaledDark);
        boolean known = Double.isFinite(electrons) && Double.isFinite(factor);
        outImage[i] = known ? (float) (electrons * factor) : Float.NaN;
        if (outVariance != null) {
          double ofElectrons = Math.max(electrons, 0) + fixedVariance;
          outVariance[i] = known ? (float) (ofElectrons * factor * factor) : Float.NaN;
        }
        if (outMask != null) {
          int bits = inherited == null ? 0 : inherited[i];
          bits |= levelBits(r, parameters);
          bits |= known ? 0 : parameters.nanBit();
          outMask[i] = bits | (known && electrons * factor < 0 ? parameters.negativeBit() : 0);
        }
      }
    }
  }

  private static double pedestal(Pedestal pedestal, int x, int y) {
    return pedestal.level()
        + (pedestal.rows() == null ? 0 : pedestal.rows()[y])
        + (pedestal.columns() == null ? 0 : pedestal.columns()[x]);
  }

  private static double linear(CalibrateParameters parameters, double measured) {
    return parameters.linearity() == null ? measured : parameters.linearity().corrected(measured);
  }

  private static int levelBits(double r, CalibrateParameters parameters) {
    if (!Double.isFinite(r)) {
      return 0;
    }
    return (r >= parameters.saturation() ? parameters.saturatedBit() : 0)
        | (r >= parameters.nonLinear() ? parameters.nonLinearBit() : 0);
  }
}
