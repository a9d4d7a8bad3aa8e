package io.github.starlane.benchmarks.suite;

/**
 * How fast a kernel is.
 *
 * @param kernel room and way, e.g. {@code combine.median}
 * @param megapixelsPerSecond pixels of the image that one thread gets through [Mpix/s]; for kernels
 *     that work on stars, pixels of the field they stand in
 * @param toCopy the same over the rate at which one thread copies a float32 plane in memory
 * @param toScalar the same over the rate of the scalar backend on one thread; NaN if not measured
 * @param scaling rate with all threads over the rate of one; NaN if not measured
 * @param threads how many threads all threads are
 */
public record KernelSpeed(
    String kernel,
    double megapixelsPerSecond,
    double toCopy,
    double toScalar,
    double scaling,
    int threads) {

  /** Both ratios the better of two measurements. */
  KernelSpeed best(KernelSpeed other) {
    return new KernelSpeed(
        kernel,
        Math.max(megapixelsPerSecond, other.megapixelsPerSecond),
        Math.max(toCopy, other.toCopy),
        Math.max(toScalar, other.toScalar),
        Math.max(scaling, other.scaling),
        threads);
  }
}
