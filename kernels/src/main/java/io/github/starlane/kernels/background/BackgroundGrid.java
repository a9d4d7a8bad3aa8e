package io.github.starlane.kernels.background;

import java.util.Arrays;

/**
 * Block statistics of an image.
 *
 * @param width columns of the image
 * @param height rows of the image
 * @param columns blocks along x
 * @param rows blocks along y
 * @param interpolation how pixels between the blocks' centres get their values
 * @param level background level per block, row-major
 * @param variance measured noise variance of one pixel per block (from the clipped pixels,
 *     corrected for the clipping)
 * @param goodFraction fraction of good pixels per block; below the least fraction none was used
 */
public record BackgroundGrid(
    int width,
    int height,
    int columns,
    int rows,
    Interpolation interpolation,
    float[] level,
    float[] variance,
    float[] goodFraction) {

  /** Noise variance of one pixel per block as its level makes expect; NaN where the level is. */
  public float[] modelledVariance(NoiseModel noise) {
    float[] modelled = new float[level.length];
    for (int i = 0; i < modelled.length; i++) {
      modelled[i] = (float) noise.variance(level[i]);
    }
    return modelled;
  }

  /**
   * Median over the blocks of measured over modelled variance; 1 where gain and read noise are
   * right and light of unresolved stars adds nothing. NaN if no block has a value.
   */
  public double measuredOverModelled(NoiseModel noise) {
    double[] ratios = new double[level.length];
    int n = 0;
    for (int i = 0; i < level.length; i++) {
      double ratio = variance[i] / noise.variance(level[i]);
      if (Double.isFinite(ratio)) {
        ratios[n++] = ratio;
      }
    }
    Arrays.sort(ratios, 0, n);
    return n == 0 ? Double.NaN : 0.5 * (ratios[n / 2] + ratios[(n - 1) / 2]);
  }
}
