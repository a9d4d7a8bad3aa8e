package io.github.starlane.kernels.laplacian;

/** The plain version: whole planes, sorted windows, double precision. */
public final class ScalarLaplacian extends IterativeLaplacian {

  @Override
  Detector detector(WorkingImage working, LaplacianParameters parameters) {
    return new ScalarDetector(working, parameters);
  }

  @Override
  int rightMargin() {
    return 0;
  }
}
