package io.github.starlane.kernels.calibrate;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class SimdCalibrateTest extends CalibrateContract {

  @Override
  protected Backend backend() {
    return Backends.select("simd").backend();
  }
}
