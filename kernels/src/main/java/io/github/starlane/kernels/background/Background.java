package io.github.starlane.kernels.background;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/**
 * Robust background level and noise in blocks, interpolated smoothly to every pixel.
 *
 * <p>The image is tiled by {@code max(1, round(width / blockSize))} columns of near-equal blocks,
 * rows alike; block i covers columns [i · width / columns, (i + 1) · width / columns). Pixels that
 * are NaN or carry one of {@code badBits} are ignored; a block with less than {@code
 * minimumFraction} of good pixels takes its values from its good neighbours (NaN if the whole image
 * has none). Between the blocks' centres runs a natural bicubic spline, beyond the outermost ones a
 * straight line, so that a plane is reproduced up to the corners.
 *
 * <p>Backends agree within 1e-3 of a block's standard deviation.
 */
public interface Background {

  /**
   * Level and per-pixel noise variance of each block.
   *
   * @param image any level, e.g. [electron]
   * @param mask same size, or null
   */
  BackgroundGrid estimate(Plane image, MaskPlane mask, BackgroundParameters parameters);

  /** out = image − interpolated level; {@code out} may be {@code image}. NaN stays NaN. */
  void subtract(Plane image, BackgroundGrid grid, Plane out);

  /** Interpolated level of every pixel. */
  void renderLevel(BackgroundGrid grid, Plane out);

  /** Interpolated variance of every pixel, never below 0. */
  void renderVariance(BackgroundGrid grid, Plane out);
}
