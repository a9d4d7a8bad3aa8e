package io.github.starlane.kernels;

/**
 * A two-dimensional array of 32-bit masks: row-major, {@code width × height}, no padding; a set bit
 * marks a property of the pixel. Which bit means what is the caller's business: kernels take the
 * bits they set or heed as parameters.
 */
public interface MaskPlane extends AutoCloseable {

  /** Number of columns (along NAXIS1), at least 0. */
  int width();

  /** Number of rows (along NAXIS2), at least 0. */
  int height();

  /** Gives the memory back to the backend. The plane may not be used afterwards. */
  @Override
  void close();
}
