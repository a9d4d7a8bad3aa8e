package io.github.starlane.kernels.background;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;

/**
 * Robust background level and noise in blocks, interpolated smoothly to every pixel.
 *
 * <p>The image is tiled by {@code max(1, round(width / blockSize))} columns of near-equal blocks,
 * rows alike; block i covers columns [i · width / columns, (i + 1) · width / columns). With an
 * overlap that many pixels beyond the block's edges count too, as many on either side: at the
 * image's edge there are none, and a block's centre stays where it is. Pixels that are NaN, are
 * beyond ± 1e17 or carry one of {@code badBits} are ignored; a block with less than {@code
 * minimumFraction} of good pixels takes its values from its good neighbours (NaN if the whole image
 * has none). Between the blocks' centres runs a natural bicubic spline or a bilinear surface,
 * beyond the outermost ones a straight line, so that a plane is reproduced up to the corners.
 *
 * <p>Rendering and subtracting work on any section of the image: their planes hold the pixels from
 * column {@code x0} and row {@code y0} on, and no more memory is needed than those and a row.
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

  /**
   * out = image − interpolated level; {@code out} may be {@code image}. NaN stays NaN.
   *
   * @param image a section of the grid's image, from pixel (x0, y0) on
   * @throws IllegalArgumentException if the section does not lie in the grid's image
   */
  void subtract(Plane image, BackgroundGrid grid, int x0, int y0, Plane out);

  /** Interpolated level of every pixel of the section from (x0, y0) on. */
  void renderLevel(BackgroundGrid grid, int x0, int y0, Plane out);

  /** Interpolated measured variance of every pixel of the section, never below 0. */
  void renderVariance(BackgroundGrid grid, int x0, int y0, Plane out);

  /** Interpolated modelled variance of every pixel of the section, never below 0. */
  void renderModelledVariance(BackgroundGrid grid, NoiseModel noise, int x0, int y0, Plane out);

  /** {@link #subtract(Plane, BackgroundGrid, int, int, Plane)} of the whole image. */
  default void subtract(Plane image, BackgroundGrid grid, Plane out) {
    requireWhole(grid, out);
    subtract(image, grid, 0, 0, out);
  }

  /** {@link #renderLevel(BackgroundGrid, int, int, Plane)} of the whole image. */
  default void renderLevel(BackgroundGrid grid, Plane out) {
    requireWhole(grid, out);
    renderLevel(grid, 0, 0, out);
  }

  /** {@link #renderVariance(BackgroundGrid, int, int, Plane)} of the whole image. */
  default void renderVariance(BackgroundGrid grid, Plane out) {
    requireWhole(grid, out);
    renderVariance(grid, 0, 0, out);
  }

  private static void requireWhole(BackgroundGrid grid, Plane out) {
    Shapes.requireSize("the output", out, grid.width(), grid.height());
  }
}
