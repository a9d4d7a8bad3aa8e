package io.github.starlane.kernels.combine;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class ScalarCombineTest extends CombineContract {

  @Override
  protected Backend backend() {
    return Backends.select("scalar").backend();
  }
}
