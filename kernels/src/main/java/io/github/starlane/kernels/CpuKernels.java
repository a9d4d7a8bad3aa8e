package io.github.starlane.kernels;

import io.github.starlane.kernels.aperture.Aperture;
import io.github.starlane.kernels.aperture.ScalarAperture;
import io.github.starlane.kernels.arithmetic.Arithmetic;
import io.github.starlane.kernels.arithmetic.ScalarArithmetic;
import io.github.starlane.kernels.background.Background;
import io.github.starlane.kernels.background.ScalarBackground;
import io.github.starlane.kernels.calibrate.Calibrate;
import io.github.starlane.kernels.calibrate.ScalarCalibrate;
import io.github.starlane.kernels.combine.Combine;
import io.github.starlane.kernels.combine.ScalarCombine;
import io.github.starlane.kernels.fft.Fft;
import io.github.starlane.kernels.fft.ScalarFft;
import io.github.starlane.kernels.laplacian.Laplacian;
import io.github.starlane.kernels.laplacian.ScalarLaplacian;
import io.github.starlane.kernels.matchedfilter.MatchedFilter;
import io.github.starlane.kernels.matchedfilter.ScalarMatchedFilter;
import io.github.starlane.kernels.psffit.PsfFit;
import io.github.starlane.kernels.psffit.ScalarPsfFit;
import io.github.starlane.kernels.radon.Radon;
import io.github.starlane.kernels.radon.ScalarRadon;
import io.github.starlane.kernels.resample.Resample;
import io.github.starlane.kernels.resample.ScalarResample;

/** One kernel of each kind for a CPU backend. */
record CpuKernels(
    Arithmetic arithmetic,
    Calibrate calibrate,
    Background background,
    MatchedFilter matchedFilter,
    PsfFit psfFit,
    Aperture aperture,
    Resample resample,
    Combine combine,
    Laplacian laplacian,
    Radon radon,
    Fft fft) {

  /** The plain Java kernels. */
  static CpuKernels scalar() {
    return new CpuKernels(
        new ScalarArithmetic(),
        new ScalarCalibrate(),
        new ScalarBackground(),
        new ScalarMatchedFilter(),
        new ScalarPsfFit(),
        new ScalarAperture(),
        new ScalarResample(),
        new ScalarCombine(),
        new ScalarLaplacian(),
        new ScalarRadon(),
        new ScalarFft());
  }
}
