package io.github.starlane.kernels;

import io.github.starlane.kernels.aperture.Aperture;
import io.github.starlane.kernels.aperture.ScalarAperture;
import io.github.starlane.kernels.background.Background;
import io.github.starlane.kernels.background.SimdBackground;
import io.github.starlane.kernels.calibrate.Calibrate;
import io.github.starlane.kernels.calibrate.SimdCalibrate;
import io.github.starlane.kernels.combine.Combine;
import io.github.starlane.kernels.combine.SimdCombine;
import io.github.starlane.kernels.matchedfilter.MatchedFilter;
import io.github.starlane.kernels.matchedfilter.SimdMatchedFilter;
import io.github.starlane.kernels.psffit.PsfFit;
import io.github.starlane.kernels.psffit.SimdPsfFit;
import io.github.starlane.kernels.resample.Resample;
import io.github.starlane.kernels.resample.ScalarResample;
import io.github.starlane.kernels.resample.SimdResample;
import jdk.incubator.vector.FloatVector;

/**
 * The Vector API kernels. Only {@link SimdProvider} touches this class, after it has made sure that
 * the incubator module is there.
 */
final class SimdBackend extends CpuBackend {

  private final Calibrate calibrate = new SimdCalibrate();
  private final Background background = new SimdBackground();
  private final MatchedFilter matchedFilter = new SimdMatchedFilter();
  private final PsfFit psfFit = new SimdPsfFit();
  private final Aperture aperture = new ScalarAperture();
  // Six taps fill a vector of eight; narrower machines would emulate it.
  private final Resample resample =
      FloatVector.SPECIES_PREFERRED.length() >= 8 ? new SimdResample() : new ScalarResample();
  private final Combine combine = new SimdCombine();

  static BackendProvider.Availability availability() {
    return new BackendProvider.Availability(true, lanes());
  }

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public String description() {
    return "simd (" + lanes() + ")";
  }

  private static String lanes() {
    return "Vector API, " + FloatVector.SPECIES_PREFERRED.length() + " float lanes";
  }

  @Override
  public Calibrate calibrate() {
    return calibrate;
  }

  @Override
  public Background background() {
    return background;
  }

  @Override
  public MatchedFilter matchedFilter() {
    return matchedFilter;
  }

  @Override
  public PsfFit psfFit() {
    return psfFit;
  }

  @Override
  public Aperture aperture() {
    return aperture;
  }

  @Override
  public Resample resample() {
    return resample;
  }

  @Override
  public Combine combine() {
    return combine;
  }
}
