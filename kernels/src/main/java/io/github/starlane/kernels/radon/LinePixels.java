package io.github.starlane.kernels.radon;

/**
 * Pixels in the neighbourhood of a line, those without weight left out, in the order of rows and
 * columns.
 *
 * @param along distance from the line's beginning, along it [pixel]
 * @param across distance from the line [pixel], positive where the y axis is after a turn that
 *     brings the x axis onto the line
 * @param value of the image
 * @param weight one over the variance
 */
public record LinePixels(float[] along, float[] across, float[] value, float[] weight) {

  /** Number of pixels. */
  public int count() {
    return along.length;
  }
}
