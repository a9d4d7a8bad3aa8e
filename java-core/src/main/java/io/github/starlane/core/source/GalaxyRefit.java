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
   * @param goneX columns of what was dropped
   * @param goneY rows of what was dropped
   */
  void fit(
      SourceList sources, PsfFitResult fit, List<Galaxy> galaxies, double[] goneX, double[] goneY) {
    BitSet cores = new BitSet();
    BitSet again = new BitSet();
    for (Galaxy galaxy : galaxies) {
      cores.set(galaxy.source());
      again.or(galaxy.stars());
    }
    double distance = fitter.parameters().groupRadius();
    PositionIndex index = new PositionIndex(sources.x(), sources.y(), distance);
    for (int k = 0; k < goneX.length; k++) {
      Arrays.stream(index.within(goneX[k], goneY[k])).forEach(again::set);
    }
    again.andNot(cores);
    if (!again.isEmpty()) {
      fitStars(sources, fit, galaxies, again, cores);
    }
    if (!cores.isEmpty()) {
      fitCores(sources, fit, galaxies, cores);
    }
  }

  private void fitStars(
      SourceList sources, PsfFitResult fit, List<Galaxy> galaxies, BitSet again, BitSet cores) {
    BitSet others = new BitSet();
    others.set(0, sources.count());
    others.andNot(again);
    others.andNot(cores);
    int[] chosen = again.stream().toArray();
    try (Plane image = sky.copy(sky.sky());
        Plane noise = sky.copy(sky.variance())) {
      fitter.takeOff(select(sources.stars(), others), image, noise, 0);
      for (Galaxy galaxy : galaxies) {
        paint(galaxy, image);
      }
      PsfFitResult result = fitter.fit(image, noise, select(sources.stars(), again));
      FitRows.put(fit, chosen, result);
      sources.update(result, chosen);
    }
  }

  private void fitCores(SourceList sources, PsfFitResult fit, List<Galaxy> galaxies, BitSet cores) {
    BitSet others = new BitSet();
    others.set(0, sources.count());
    others.andNot(cores);
    int[] chosen = galaxies.stream().mapToInt(Galaxy::source).toArray();
    Stars centres =
        new Stars(
            galaxies.stream().mapToDouble(g -> g.ellipse().x()).toArray(),
            galaxies.stream().mapToDouble(g -> g.ellipse().y()).toArray(),
            new double[chosen.length]);
    try (Plane image = sky.copy(sky.sky());
        Plane noise = sky.copy(sky.variance())) {
      fitter.takeOff(select(sources.stars(), others), image, noise, 0);
      PsfFitResult result = fitter.fitFluxes(image, noise, psf.model(), centres);
      FitRows.put(fit, chosen, result);
      sources.update(result, chosen);
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

  private static Stars select(Stars stars, BitSet chosen) {
    int[] indices = chosen.stream().toArray();
    return new Stars(
        IntStream.of(indices).mapToDouble(i -> stars.x()[i]).toArray(),
        IntStream.of(indices).mapToDouble(i -> stars.y()[i]).toArray(),
        IntStream.of(indices).mapToDouble(i -> stars.flux()[i]).toArray());
  }
}
