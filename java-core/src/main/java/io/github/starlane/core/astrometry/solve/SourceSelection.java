package io.github.starlane.core.astrometry.solve;

import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;

/** Which sources are good enough to tie a catalogue to the sky or to another catalogue. */
public final class SourceSelection {
  private static final int UNTRUSTED =
      MaskBit.of(
          MaskBit.SATURATED,
          MaskBit.NAN,
          MaskBit.COSMIC_RAY_DELTA,
          MaskBit.COSMIC_RAY_LAPLACIAN,
          MaskBit.NON_LINEAR);

  private SourceSelection() {}

  /** Significant, fitted, and on no untrusted pixel. */
  public static boolean isStarLike(SourceTable sources, int i, double minimumSignalToNoise) {
    return sources.get(SourceColumn.SN)[i] >= minimumSignalToNoise
        && Double.isFinite(sources.get(SourceColumn.X_ERROR)[i])
        && ((int) sources.get(SourceColumn.FLAGS)[i] & UNTRUSTED) == 0;
  }
}
