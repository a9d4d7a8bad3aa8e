package io.github.starlane.kernels.matchedfilter;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class SimdMatchedFilterTest extends MatchedFilterContract {

  @Override
  protected Backend backend() {
    return Backends.select("simd").backend();
  }
}
