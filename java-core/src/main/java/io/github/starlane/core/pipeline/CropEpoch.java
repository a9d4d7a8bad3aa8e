package io.github.starlane.core.pipeline;

import io.github.starlane.core.astrometry.solve.AstrometricSolution;
import io.github.starlane.core.source.Extraction;

/**
 * One crop of one epoch. What could not be had is null. Filled in by the steps of {@link
 * VisitReduction}, in their order.
 */
final class CropEpoch {
  /** What was found; null if the extraction failed. */
  Extraction extraction;

  /** World coordinates; null if there is no solution. */
  AstrometricSolution astrometry;

  /** Magnitude of one electron; NaN if unknown. */
  double zeroPoint = Double.NaN;

  /** Why there is no extraction. */
  String failure;

  boolean isGood() {
    return extraction != null;
  }
}
