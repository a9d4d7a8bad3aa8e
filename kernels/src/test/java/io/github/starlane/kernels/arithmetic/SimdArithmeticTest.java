package io.github.starlane.kernels.arithmetic;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class SimdArithmeticTest extends ArithmeticContract {

  @Override
  protected Backend backend() {
    return Backends.select("simd").backend();
  }
}
