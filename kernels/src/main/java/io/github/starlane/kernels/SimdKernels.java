package io.github.starlane.kernels;

import io.github.starlane.kernels.aperture.SimdAperture;
import io.github.starlane.kernels.arithmetic.ScalarArithmetic;
import io.github.starlane.kernels.background.SimdBackground;
import io.github.starlane.kernels.calibrate.SimdCalibrate;
import io.github.starlane.kernels.combine.SimdCombine;
import io.github.starlane.kernels.fft.SimdFft;
import io.github.starlane.kernels.laplacian.SimdLaplacian;
import io.github.starlane.kernels.matchedfilter.SimdMatchedFilter;
import io.github.starlane.kernels.psffit.SimdPsfFit;
import io.github.starlane.kernels.radon.SimdRadon;
import io.github.starlane.kernels.resample.SimdResample;
import jdk.incubator.vector.FloatVector;

/**
 * The Vector API kernels. Only {@link SimdProvider} touches this class, after it has made sure that
 * the incubator module is there.
 */
final class SimdKernels {

  private SimdKernels() {}

  static CpuKernels all() {
    return new CpuKernels(
        new ScalarArithmetic(),
        new SimdCalibrate(),
        new SimdBackground(),
        new SimdMatchedFilter(),
        new SimdPsfFit(),
        new SimdAperture(),
        new SimdResample(),
        new SimdCombine(),
        new SimdLaplacian(),
        new SimdRadon(),
        new SimdFft());
  }

  /** What the vectors of this machine are, for people. */
  static String lanes() {
    int lanes = FloatVector.SPECIES_PREFERRED.length();
    return "Vector API, " + lanes + " float lanes of " + Float.SIZE + " bits";
  }
}
