package io.github.starlane.kernels.radon;

/** The vector version. */
public final class SimdRadon extends PathRadon {

  @Override
  RowSums rowSums() {
    return new SimdRowSums();
  }
}
