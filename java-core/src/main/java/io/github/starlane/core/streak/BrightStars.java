package io.github.starlane.core.streak;

/**
 * Stars so bright that they may have diffraction spikes or overflowing columns.
 *
 * @param x columns, 0-based
 * @param y rows, 0-based
 */
public record BrightStars(double[] x, double[] y) {

  /** None. */
  public static final BrightStars NONE = new BrightStars(new double[0], new double[0]);

  /** Number of stars. */
  public int count() {
    return x.length;
  }
}
