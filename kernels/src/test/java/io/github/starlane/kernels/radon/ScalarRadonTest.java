package io.github.starlane.kernels.radon;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class ScalarRadonTest extends RadonContract {

  @Override
  protected Backend backend() {
    return Backends.select("scalar").backend();
  }
}
