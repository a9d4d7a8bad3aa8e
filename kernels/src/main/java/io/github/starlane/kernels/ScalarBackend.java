package io.github.starlane.kernels;

import io.github.starlane.kernels.aperture.Aperture;
import io.github.starlane.kernels.aperture.ScalarAperture;
import io.github.starlane.kernels.background.Background;
import io.github.starlane.kernels.background.ScalarBackground;
import io.github.starlane.kernels.calibrate.Calibrate;
import io.github.starlane.kernels.calibrate.ScalarCalibrate;
import io.github.starlane.kernels.combine.Combine;
import io.github.starlane.kernels.combine.ScalarCombine;
import io.github.starlane.kernels.matchedfilter.MatchedFilter;
import io.github.starlane.kernels.matchedfilter.ScalarMatchedFilter;
import io.github.starlane.kernels.psffit.PsfFit;
import io.github.starlane.kernels.psffit.ScalarPsfFit;
import io.github.starlane.kernels.resample.Resample;
import io.github.starlane.kernels.resample.ScalarResample;

/** The plain Java kernels: slow, obviously right, and there on every JVM. */
final class ScalarBackend extends CpuBackend {

  private final Calibrate calibrate = new ScalarCalibrate();
  private final Background background = new ScalarBackground();
  private final MatchedFilter matchedFilter = new ScalarMatchedFilter();
  private final PsfFit psfFit = new ScalarPsfFit();
  private final Aperture aperture = new ScalarAperture();
  private final Resample resample = new ScalarResample();
  private final Combine combine = new ScalarCombine();

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public String description() {
    return "scalar (plain Java)";
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
