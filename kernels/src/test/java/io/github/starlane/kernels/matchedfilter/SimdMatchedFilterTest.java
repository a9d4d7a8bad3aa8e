package io.github.starlane.kernels.matchedfilter;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class SimdMatchedFilterTest extends MatchedFilterContract {

  @Override
  protected Backend backend() {
    return Backends.select("simd").backend();
  }

  /** Enough for 18 false positives at 5 σ. */
  @Override
  protected int megapixels() {
    return 64;
  }
}
