package io.github.starlane.kernels.psffit;

/**
 * Positions and fluxes of stars.
 *
 * @param x 0-based column of the centre [pixel]
 * @param y 0-based row of the centre [pixel]
 * @param flux total, in image units
 */
public record Stars(double[] x, double[] y, double[] flux) {

  public Stars {
    if (x.length != y.length || x.length != flux.length) {
      throw new IllegalArgumentException("x, y and flux differ in length");
    }
  }

  /** Number of stars. */
  public int count() {
    return x.length;
  }
}
