package io.github.starlane.kernels;

/**
 * Offers one backend to {@link Backends}; found by {@link java.util.ServiceLoader}, so that a
 * backend in another jar needs no mention here.
 */
public interface BackendProvider {

  /** Name as on the command line: {@code scalar}, {@code simd}, {@code cuda}. */
  String name();

  /**
   * Among usable backends {@code auto} takes the one with the highest rank (scalar 0, simd 10, cuda
   * 20).
   */
  int rank();

  /**
   * Whether the backend can be used on this machine, and if not why and what would mend it. Never
   * throws.
   */
  Availability probe();

  /**
   * Opens the backend.
   *
   * @throws IllegalStateException if {@link #probe} says it is unusable
   */
  Backend open();

  /**
   * Result of a probe.
   *
   * @param usable whether {@link #open} will work
   * @param detail one line: what was found, or why it is unusable and what would mend it
   */
  record Availability(boolean usable, String detail) {}
}
