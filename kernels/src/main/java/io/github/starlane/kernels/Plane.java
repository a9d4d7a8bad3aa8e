package io.github.starlane.kernels;

/**
 * A two-dimensional array of float32 pixels: row-major, {@code width × height}, no padding.
 *
 * <p>A plane belongs to the {@link Backend} that made it: on the CPU it is a plain {@code float[]},
 * on a GPU it is device memory. Pixel (x, y) is 0-based and stands at index {@code y * width + x}.
 */
public interface Plane extends AutoCloseable {

  /** Number of columns (along NAXIS1), at least 0. */
  int width();

  /** Number of rows (along NAXIS2), at least 0. */
  int height();

  /** Gives the memory back to the backend. The plane may not be used afterwards. */
  @Override
  void close();
}
