package io.github.starlane.kernels.fft;

import java.util.Locale;

/**
 * A small image to convolve with, its centre in the middle pixel.
 *
 * @param width columns, odd
 * @param height rows, odd
 * @param values row-major, {@code width * height}, finite
 */
public record Kernel(int width, int height, float[] values) {

  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if a side is even or the values are of another number
   */
  public Kernel {
    if (width < 1 || height < 1 || width % 2 == 0 || height % 2 == 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a kernel of %d x %d; both must be odd", width, height));
    }
    if (values.length != width * height) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d values for a kernel of %d x %d", values.length, width, height));
    }
  }

  /** The same turned by half a turn: correlation is convolution with that. */
  public Kernel turned() {
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i] = values[values.length - 1 - i];
    }
    return new Kernel(width, height, turned);
  }
}
