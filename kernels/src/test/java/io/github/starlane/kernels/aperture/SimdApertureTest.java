package io.github.starlane.kernels.aperture;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class SimdApertureTest extends ApertureContract {

  @Override
  protected Backend backend() {
    return Backends.select("simd").backend();
  }
}
