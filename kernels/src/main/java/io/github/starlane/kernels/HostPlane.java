package io.github.starlane.kernels;

/** A plane in the Java heap: one {@code float[]}, row-major. The plane of the CPU backends. */
public final class HostPlane implements Plane {

  private final int width;
  private final int height;
  private float[] pixels;

  /**
   * Takes an array over as a plane.
   *
   * @throws IllegalArgumentException if the array's length is not {@code width * height}
   */
  public HostPlane(float[] pixels, int width, int height) {
    Shapes.requireLength(pixels.length, width, height);
    this.pixels = pixels;
    this.width = width;
    this.height = height;
  }

  /**
   * The array behind a plane of a CPU backend.
   *
   * @throws IllegalArgumentException if the plane belongs to another kind of backend
   * @throws IllegalStateException if the plane was closed
   */
  public static float[] pixels(Plane plane) {
    if (!(plane instanceof HostPlane host)) {
      throw new IllegalArgumentException(
          "a CPU kernel was given a plane of another backend: " + plane.getClass().getName());
    }
    if (host.pixels == null) {
      throw new IllegalStateException("the plane was closed");
    }
    return host.pixels;
  }

  /** As {@link #pixels(Plane)}, null for null. */
  public static float[] pixelsOrNull(Plane plane) {
    return plane == null ? null : pixels(plane);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public void close() {
    pixels = null;
  }
}
