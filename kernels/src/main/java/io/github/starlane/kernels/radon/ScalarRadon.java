package io.github.starlane.kernels.radon;

/** The plain version. */
public final class ScalarRadon extends PathRadon {

  @Override
  RowSums rowSums() {
    return new ScalarRowSums();
  }
}
