package io.github.starlane.kernels.arithmetic;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class ScalarArithmeticTest extends ArithmeticContract {

  @Override
  protected Backend backend() {
    return Backends.select("scalar").backend();
  }
}
