package io.github.starlane.kernels.psffit;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class SimdPsfFitTest extends PsfFitContract {

  @Override
  protected Backend backend() {
    return Backends.select("simd").backend();
  }
}
