package io.github.starlane.core.source;

import io.github.starlane.core.PositionIndex;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.psffit.PsfFitParameters;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.PsfModel;
import io.github.starlane.kernels.psffit.Stars;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Takes out what a joint fit shows to be no source of its own.
 *
 * <p>Two stars closer than the matched filter resolves are first found as one, between them; a
 * later round then finds both of its residuals. Three sources for two stars share the light at
 * will: one of them comes out insignificant or negative, with a large error. It is dropped and its
 * neighbours are fitted again, the most doubtful source of a neighbourhood first.
 */
final class RemnantRemover {
  /** Sources nearer than this to a brighter one are looked at [FWHM]. */
  private static final double NEIGHBOURHOOD = 1.5;

  /** Less significant ones are dropped. LAST drops all sources whose fit has S/N below 4. */
  private static final double DOUBTFUL = 4;

  private static final int PASSES = 5;

  private final Backend backend;
  private final MaskPlane mask;
  private final PsfModel model;
  private final double fwhm;
  private final PsfFitParameters parameters;

  /**
   * A remover.
   *
   * @param mask of the image
   * @param model of its PSF
   * @param fwhm of its PSF [pixel]
   * @param parameters of the joint fits
   */
  RemnantRemover(
      Backend backend, MaskPlane mask, PsfModel model, double fwhm, PsfFitParameters parameters) {
    this.backend = backend;
    this.mask = mask;
    this.model = model;
    this.fwhm = fwhm;
    this.parameters = parameters;
  }

  /**
   * Drops remnants from the list.
   *
   * @param fit of all sources in the list, jointly
   * @param sky image without its background
   * @param variance of the background
   * @return the fit of the sources that are left
   */
  PsfFitResult clean(SourceList found, PsfFitResult fit, Plane sky, Plane variance) {
    PsfFitResult result = fit;
    for (int pass = 0; pass < PASSES; pass++) {
      BitSet remnants = remnants(found, result);
      if (remnants.isEmpty()) {
        break;
      }
      double[] x = found.x();
      double[] y = found.y();
      int[] gone = remnants.stream().toArray();
      int[] left = IntStream.range(0, found.count()).filter(i -> !remnants.get(i)).toArray();
      found.keep(left);
      result = FitRows.select(result, left);
      int[] near = near(found, pick(x, gone), pick(y, gone), parameters.groupRadius());
      PsfFitResult again = fitAlone(found, near, sky, variance);
      FitRows.put(result, near, again);
      found.update(again, near);
    }
    return result;
  }

  private BitSet remnants(SourceList found, PsfFitResult fit) {
    double[] x = found.x();
    double[] y = found.y();
    int n = found.count();
    double[] significance = new double[n];
    for (int i = 0; i < n; i++) {
      double s = fit.flux()[i] / fit.fluxError()[i];
      significance[i] = Double.isFinite(s) ? s : Double.NEGATIVE_INFINITY;
    }
    PositionIndex index = new PositionIndex(x, y, NEIGHBOURHOOD * fwhm);
    BitSet remnants = new BitSet(n);
    for (int i = 0; i < n; i++) {
      if (significance[i] < DOUBTFUL) {
        int self = i;
        int[] others = Arrays.stream(index.within(x[i], y[i])).filter(j -> j != self).toArray();
        boolean brighter = Arrays.stream(others).anyMatch(j -> fit.flux()[j] > 0);
        boolean most =
            Arrays.stream(others)
                .allMatch(
                    j ->
                        significance[j] > significance[self]
                            || (significance[j] == significance[self] && j < self));
        remnants.set(i, brighter && most);
      }
    }
    return remnants;
  }

  /** Indices of the sources within a distance of one of these places. */
  private static int[] near(SourceList found, double[] x, double[] y, double distance) {
    PositionIndex index = new PositionIndex(found.x(), found.y(), distance);
    BitSet near = new BitSet(found.count());
    for (int k = 0; k < x.length; k++) {
      for (int i : index.within(x[k], y[k])) {
        near.set(i);
      }
    }
    return near.stream().toArray();
  }

  /** Fits some sources where all others have been taken off. */
  private PsfFitResult fitAlone(SourceList found, int[] chosen, Plane sky, Plane variance) {
    double[] x = found.x();
    double[] y = found.y();
    Stars all = found.stars();
    BitSet others = new BitSet();
    // Sources farther away than this do not reach into the boxes that are fitted.
    double reach = 2.0 * model.radius();
    for (int i : near(found, pick(x, chosen), pick(y, chosen), reach)) {
      others.set(i);
    }
    for (int i : chosen) {
      others.clear(i);
    }
    try (Plane residual = copy(sky);
        Plane noise = copy(variance);
        Plane drawn = backend.allocate(sky.width(), sky.height())) {
      backend
          .psfFit()
          .addStars(drawn, model, select(all, others.stream().toArray()), 1, model.radius());
      backend.arithmetic().subtractLight(residual, noise, drawn, parameters.gain(), 0);
      return backend.psfFit().fit(residual, noise, mask, model, select(all, chosen), parameters);
    }
  }

  private Plane copy(Plane plane) {
    Plane copy = backend.allocate(plane.width(), plane.height());
    backend.arithmetic().copy(plane, copy);
    return copy;
  }

  private static Stars select(Stars stars, int[] indices) {
    return new Stars(
        pick(stars.x(), indices), pick(stars.y(), indices), pick(stars.flux(), indices));
  }

  private static double[] pick(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }
}
