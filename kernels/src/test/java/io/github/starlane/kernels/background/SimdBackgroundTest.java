package io.github.starlane.kernels.background;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class SimdBackgroundTest extends BackgroundContract {

  @Override
  protected Backend backend() {
    return Backends.select("simd").backend();
  }
}
