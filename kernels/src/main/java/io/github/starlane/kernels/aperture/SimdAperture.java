package io.github.starlane.kernels.aperture;

/** The vector version. */
public final class SimdAperture extends SourceAperture {

  @Override
  SourceMeter newMeter(GoodPixels pixels, ApertureParameters parameters) {
    double reach = 2 * parameters.momentRadius();
    reach = Math.max(reach, parameters.annulusOuter());
    for (double radius : parameters.radii()) {
      reach = Math.max(reach, radius + 1);
    }
    return new SimdMeter(new SourcePatch(pixels, reach + 1), parameters);
  }
}
