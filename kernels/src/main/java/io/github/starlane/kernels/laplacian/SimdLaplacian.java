package io.github.starlane.kernels.laplacian;

import jdk.incubator.vector.FloatVector;

/** The vector version: medians by networks, and only where a cosmic ray may be. */
public final class SimdLaplacian extends IterativeLaplacian {

  @Override
  Detector detector(WorkingImage working, LaplacianParameters parameters) {
    return new SimdDetector(working, parameters);
  }

  @Override
  int rightMargin() {
    // The last cell may begin in the image's last column, and filters read whole vectors.
    return 2 * FloatVector.SPECIES_PREFERRED.length();
  }
}
