package io.github.starlane.kernels.calibrate;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class ScalarCalibrateTest extends CalibrateContract {

  @Override
  protected Backend backend() {
    return Backends.select("scalar").backend();
  }
}
