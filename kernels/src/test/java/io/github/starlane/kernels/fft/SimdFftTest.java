package io.github.starlane.kernels.fft;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class SimdFftTest extends FftContract {

  @Override
  protected Backend backend() {
    return Backends.select("simd").backend();
  }
}
