package io.github.starlane.kernels.radon;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class SimdRadonTest extends RadonContract {

  @Override
  protected Backend backend() {
    return Backends.select("simd").backend();
  }
}
