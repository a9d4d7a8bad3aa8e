package io.github.starlane.core.source;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.streak.Streak;
import io.github.starlane.kernels.background.BackgroundGrid;
import java.util.List;

/**
 * What was found in an image.
 *
 * @param sources measured sources
 * @param lines of light: streaks, and spikes and columns that are none
 * @param psf of the image
 * @param background of the image, with the sources taken off
 * @param cosmicRays number of hits that were masked
 * @param skyNoise of empty places; null where there is hardly one
 * @param remarks what was odd, as sentences
 */
public record Extraction(
    SourceTable sources,
    List<Streak> lines,
    Psf psf,
    BackgroundGrid background,
    int cosmicRays,
    SkyNoise skyNoise,
    List<String> remarks) {

  /** Median over the blocks. */
  public double medianBackground() {
    return Statistics.median(background.level());
  }

  /** Median over the blocks. */
  public double medianVariance() {
    return Statistics.median(background.variance());
  }

  /** The same with other remarks. */
  Extraction with(List<String> others) {
    return new Extraction(
        sources, lines, psf, background, cosmicRays, skyNoise, List.copyOf(others));
  }
}
