package io.github.starlane.core.psf;

/**
 * Sources to choose PSF stars from, the most significant first.
 *
 * @param x column [pixel]
 * @param y row [pixel]
 * @param flux approximate
 * @param signalToNoise significance
 */
public record PsfCandidates(double[] x, double[] y, double[] flux, double[] signalToNoise) {

  /** Number of sources. */
  public int count() {
    return x.length;
  }
}
