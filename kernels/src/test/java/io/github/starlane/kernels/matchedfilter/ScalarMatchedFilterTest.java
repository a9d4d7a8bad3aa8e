package io.github.starlane.kernels.matchedfilter;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;

class ScalarMatchedFilterTest extends MatchedFilterContract {

  @Override
  protected Backend backend() {
    return Backends.select("scalar").backend();
  }
}
