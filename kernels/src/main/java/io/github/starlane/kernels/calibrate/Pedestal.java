package io.github.starlane.kernels.calibrate;

/**
 * What the electronics add to every sample [ADU], as measured by the caller in the overscan. The
 * parts add up.
 *
 * @param level of the whole region
 * @param rows one value per row, or null for 0
 * @param columns one value per column, or null for 0
 */
public record Pedestal(double level, float[] rows, float[] columns) {

  /** Nothing. */
  public static final Pedestal NONE = new Pedestal(0, null, null);

  /** The same level everywhere [ADU]. */
  public static Pedestal of(double level) {
    return new Pedestal(level, null, null);
  }
}
