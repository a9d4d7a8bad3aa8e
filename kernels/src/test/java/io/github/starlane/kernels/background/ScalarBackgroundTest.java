package io.github.starlane.kernels.background;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class ScalarBackgroundTest extends BackgroundContract {

  @Override
  protected Backend backend() {
    return Backends.select("scalar").backend();
  }
}
