package io.github.starlane.kernels.background;

/**
 * Block statistics of an image.
 *
 * @param width columns of the image
 * @param height rows of the image
 * @param columns blocks along x
 * @param rows blocks along y
 * @param level background level per block, row-major
 * @param variance noise variance of one pixel per block (from the clipped pixels, corrected for the
 *     clipping)
 * @param goodFraction fraction of pixels that were used per block
 */
public record BackgroundGrid(
    int width,
    int height,
    int columns,
    int rows,
    float[] level,
    float[] variance,
    float[] goodFraction) {}
