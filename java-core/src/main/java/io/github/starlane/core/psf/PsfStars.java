package io.github.starlane.core.psf;

/**
 * Stars of one crop that a PSF can be built from, cut out of the image. Positions are those of the
 * whole camera; all arrays are parallel, one entry per star.
 *
 * @param radius of the stamps: each has {@code (2 radius + 1)²} pixels
 * @param x0 column of the first pixel of each stamp [pixel]
 * @param y0 row of the first pixel of each stamp [pixel]
 * @param pixels background-subtracted, one stamp after the other, row-major; NaN where a pixel is
 *     bad or belongs to a neighbour
 * @param x column, first guess [pixel]
 * @param y row, first guess [pixel]
 * @param flux approximate, in image units
 * @param skyVariance variance of a pixel without the star [image unit²]
 * @param xx second moment along x, without the pixel's own, as of a Gaussian [pixel²]
 * @param yy second moment along y
 * @param xy mixed second moment
 * @param typical {xx, yy, xy}: medians of all significant candidates, chosen or not; NaN where none
 *     could be measured
 */
public record PsfStars(
    int radius,
    int[] x0,
    int[] y0,
    float[] pixels,
    double[] x,
    double[] y,
    double[] flux,
    double[] skyVariance,
    double[] xx,
    double[] yy,
    double[] xy,
    double[] typical) {

  /** Number of stars. */
  public int count() {
    return x.length;
  }

  /** Edge of a stamp [pixel]. */
  public int size() {
    return 2 * radius + 1;
  }
}
