package io.github.starlane.core.source;

import io.github.starlane.core.PositionIndex;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.psffit.PsfFitResult;
import io.github.starlane.kernels.psffit.PsfModel;
import io.github.starlane.kernels.psffit.Stars;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Fits again what the fragments of galaxies had part in. */
final class GalaxyRefit {
  private final Backend backend;
  private final Psf psf;
  private final SkyModel sky;
  private final StarFitter fitter;

  GalaxyRefit(Backend backend, SourceSettings settings, SourceImage image, SkyModel sky, Psf psf) {
    this.backend = backend;
    this.psf = psf;
    this.sky = sky;
    this.fitter = new StarFitter(backend, settings, image, sky, psf);
  }

  /**
   * Stars near what was dropped are fitted where the galaxies' smooth light has been taken off;
   * galaxies, at the centre of their moments, where all stars have been taken off.
   *
   * @param sources are improved
   * @param fit of them, is improved
   * @param galaxies with indices of these sources
   * @param gone fragments, which are in the residual again
   * @param residual is changed with the fit
   */
  void fit(
      SourceList sources,
      PsfFitResult fit,
      List<Galaxy> galaxies,
      PsfFitResult gone,
      Residual residual) {
    int[] cores = galaxies.stream().mapToInt(Galaxy::source).toArray();
    int[] again = again(sources, galaxies, gone);
    residual.putBack(FitRows.select(fit, cores));
    if (again.length > 0) {
      residual.putBack(FitRows.select(fit, again));
      fitStars(sources, fit, galaxies, again, residual);
      residual.takeOff(FitRows.select(fit, again));
    }
    double[] x = galaxies.stream().mapToDouble(g -> g.ellipse().x()).toArray();
    double[] y = galaxies.stream().mapToDouble(g -> g.ellipse().y()).toArray();
    PsfFitResult result = residual.fluxes(psf.model(), x, y);
    FitRows.put(fit, cores, result);
    sources.update(result, cores);
    residual.takeOff(result);
  }

  /** Stars on galaxies, and those that were fitted together with fragments. */
  private int[] again(SourceList sources, List<Galaxy> galaxies, PsfFitResult gone) {
    BitSet again = new BitSet();
    galaxies.forEach(g -> again.or(g.stars()));
    double distance = fitter.parameters().groupRadius();
    PositionIndex index = new PositionIndex(sources.x(), sources.y(), distance);
    for (int k = 0; k < gone.x().length; k++) {
      Arrays.stream(index.within(gone.x()[k], gone.y()[k])).forEach(again::set);
    }
    galaxies.forEach(g -> again.clear(g.source()));
    return again.stream().toArray();
  }

  private void fitStars(
      SourceList sources, PsfFitResult fit, List<Galaxy> galaxies, int[] again, Residual residual) {
    try (Plane image = sky.copy(residual.image())) {
      galaxies.forEach(g -> paint(g, image));
      PsfFitResult result = fitter.fit(image, residual.noise(), select(sources.stars(), again));
      FitRows.put(fit, again, result);
      sources.update(result, again);
    }
  }

  /** Takes the smooth light of a galaxy off, by way of a PSF that looks like it. */
  private void paint(Galaxy galaxy, Plane image) {
    SourceEllipse ellipse = galaxy.ellipse();
    int column = (int) Math.round(ellipse.x());
    int row = (int) Math.round(ellipse.y());
    int radius = (int) Math.ceil((galaxy.extent() + 1) * ellipse.major()) + 1;
    int half = radius + 2;
    int size = 2 * half + 1;
    float[] light = new float[size * size];
    for (int k = 0; k < light.length; k++) {
      light[k] = (float) galaxy.light().at(column - half + k % size, row - half + k / size);
    }
    PsfModel model = new PsfModel(size, 1, 0, 0, 0, 1, light);
    Stars one = new Stars(new double[] {column}, new double[] {row}, new double[] {1});
    backend.psfFit().addStars(image, model, one, -1, radius);
  }

  private static Stars select(Stars stars, int[] indices) {
    return new Stars(
        IntStream.of(indices).mapToDouble(i -> stars.x()[i]).toArray(),
        IntStream.of(indices).mapToDouble(i -> stars.y()[i]).toArray(),
        IntStream.of(indices).mapToDouble(i -> stars.flux()[i]).toArray());
  }
}
