package io.github.starlane.kernels.laplacian;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class ScalarLaplacianTest extends LaplacianContract {

  @Override
  protected Backend backend() {
    return Backends.select("scalar").backend();
  }
}
