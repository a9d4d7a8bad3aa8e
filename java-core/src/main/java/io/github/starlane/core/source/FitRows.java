package io.github.starlane.core.source;

import io.github.starlane.kernels.psffit.PsfFitResult;
import java.util.Arrays;

/** Picks and replaces single stars of a fit. */
final class FitRows {
  private FitRows() {}

  /** The stars with these indices, in that order. */
  static PsfFitResult select(PsfFitResult fit, int[] indices) {
    return new PsfFitResult(
        pick(fit.x(), indices),
        pick(fit.y(), indices),
        pick(fit.flux(), indices),
        pick(fit.xError(), indices),
        pick(fit.yError(), indices),
        pick(fit.fluxError(), indices),
        pick(fit.background(), indices),
        pick(fit.chiSquare(), indices),
        pick(fit.degreesOfFreedom(), indices),
        pick(fit.iterations(), indices),
        pick(fit.flags(), indices));
  }

  /** Writes the stars of one fit over those with these indices of another. */
  static void put(PsfFitResult into, int[] indices, PsfFitResult from) {
    for (int k = 0; k < indices.length; k++) {
      int i = indices[k];
      into.x()[i] = from.x()[k];
      into.y()[i] = from.y()[k];
      into.flux()[i] = from.flux()[k];
      into.xError()[i] = from.xError()[k];
      into.yError()[i] = from.yError()[k];
      into.fluxError()[i] = from.fluxError()[k];
      into.background()[i] = from.background()[k];
      into.chiSquare()[i] = from.chiSquare()[k];
      into.degreesOfFreedom()[i] = from.degreesOfFreedom()[k];
      into.iterations()[i] = from.iterations()[k];
      into.flags()[i] = from.flags()[k];
    }
  }

  private static double[] pick(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }

  private static int[] pick(int[] values, int[] indices) {
    return Arrays.stream(indices).map(i -> values[i]).toArray();
  }
}
