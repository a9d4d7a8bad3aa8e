package io.github.starlane.core.pipeline;

import io.github.starlane.core.astrometry.solve.AstrometricSolution;
import io.github.starlane.core.photometry.ZeroPoint;
import io.github.starlane.core.source.Extraction;
import io.github.starlane.core.visit.Coadd;
import io.github.starlane.core.visit.LightCurves;
import io.github.starlane.core.visit.Registration;
import java.nio.file.Path;

/**
 * What the epochs of one crop give together. What could not be had is null. Filled in by the steps
 * of {@link VisitReduction}.
 */
final class CropCoadd {
  Registration registration;
  LightCurves lightCurves;
  Coadd coadd;
  Extraction extraction;
  AstrometricSolution astrometry;
  ZeroPoint zeroPoint;
  Path file;
  byte[] thumbnail;
  String failure;
}
