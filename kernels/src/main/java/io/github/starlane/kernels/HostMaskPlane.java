package io.github.starlane.kernels;

/** A mask in the Java heap: one {@code int[]}, row-major. The mask of the CPU backends. */
public final class HostMaskPlane implements MaskPlane {

  private final int width;
  private final int height;
  private int[] bits;

  /**
   * Takes an array over as a mask.
   *
   * @throws IllegalArgumentException if the array's length is not {@code width * height}
   */
  public HostMaskPlane(int[] bits, int width, int height) {
    Shapes.requireLength(bits.length, width, height);
    this.bits = bits;
    this.width = width;
    this.height = height;
  }

  /**
   * The array behind a mask of a CPU backend.
   *
   * @throws IllegalArgumentException if the mask belongs to another kind of backend
   * @throws IllegalStateException if the mask was closed
   */
  public static int[] bits(MaskPlane mask) {
    if (!(mask instanceof HostMaskPlane host)) {
      throw new IllegalArgumentException(
          "a CPU kernel was given a mask of another backend: " + mask.getClass().getName());
    }
    if (host.bits == null) {
      throw new IllegalStateException("the mask was closed");
    }
    return host.bits;
  }

  /** As {@link #bits(MaskPlane)}, null for null. */
  public static int[] bitsOrNull(MaskPlane mask) {
    return mask == null ? null : bits(mask);
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
    bits = null;
  }
}
