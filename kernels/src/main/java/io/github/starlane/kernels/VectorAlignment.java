package io.github.starlane.kernels;

/**
 * Where in a big array vectors are whole cache lines. A vector of 64 bytes that straddles two lines
 * is loaded at half the speed and stored at less, and every one of a loop straddles or none does.
 */
public final class VectorAlignment {

  /**
   * Index of the first {@code float} or {@code int} of a big array that begins a cache line of 64
   * bytes. The JVM begins objects this big on a multiple of that; 16 bytes of header come before
   * the elements. Where this is not so, results are the same and only time is lost.
   */
  public static final int HEAD = 12;

  private VectorAlignment() {}
}
