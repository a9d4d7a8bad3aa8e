package io.github.starlane.kernels.arithmetic;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/**
 * Simple arithmetic on whole planes, so that pixels need not leave their backend for it. Every
 * result is one of float32 arithmetic, pixel by pixel, the same on every backend; NaN stays NaN.
 *
 * @see "IEEE 754 for what an operation rounds to"
 */
public interface Arithmetic {

  /** to = from. */
  void copy(Plane from, Plane to);

  /** plane = value, which may be NaN. */
  void fill(Plane plane, double value);

  /** plane = plane · factor. */
  void scale(Plane plane, double factor);

  /** image = image − light. */
  void subtract(Plane image, Plane light);

  /**
   * Takes light off an image and lets the variance grow by its noise.
   *
   * <pre>
   *   image    = image − light
   *   variance = variance + max(light, 0) / gain + (relativeError · light)²
   * </pre>
   *
   * @param light a model of sources, in image units
   * @param gain electrons per image unit
   * @param relativeError of the model, e.g. of a point-spread function
   */
  void subtractLight(Plane image, Plane variance, Plane light, double gain, double relativeError);

  /**
   * The values of some pixels.
   *
   * @param x columns, within the plane
   * @param y rows, within the plane
   * @throws IndexOutOfBoundsException if a pixel lies outside
   */
  float[] sample(Plane plane, int[] x, int[] y);

  /**
   * Changes bits of some pixels of a mask: mask = (mask &amp; ~cleared) | set.
   *
   * @param x columns, within the mask
   * @param y rows, within the mask
   * @throws IndexOutOfBoundsException if a pixel lies outside
   */
  void changeBits(MaskPlane mask, int[] x, int[] y, int cleared, int set);
}
