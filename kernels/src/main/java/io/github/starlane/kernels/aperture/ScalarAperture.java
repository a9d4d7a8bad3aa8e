package io.github.starlane.kernels.aperture;

/** The plain version. */
public final class ScalarAperture extends SourceAperture {

  @Override
  SourceMeter newMeter(GoodPixels pixels, ApertureParameters parameters) {
    return new ScalarMeter(pixels, parameters);
  }
}
