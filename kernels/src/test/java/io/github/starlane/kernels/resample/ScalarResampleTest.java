package io.github.starlane.kernels.resample;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class ScalarResampleTest extends ResampleContract {

  @Override
  protected Backend backend() {
    return Backends.select("scalar").backend();
  }
}
