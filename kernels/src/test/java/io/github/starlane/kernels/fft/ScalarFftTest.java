package io.github.starlane.kernels.fft;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class ScalarFftTest extends FftContract {

  @Override
  protected Backend backend() {
    return Backends.select("scalar").backend();
  }
}
