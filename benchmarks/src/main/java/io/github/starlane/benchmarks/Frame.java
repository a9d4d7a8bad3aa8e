package io.github.starlane.benchmarks;

/** Sizes at which kernels are measured. */
public enum Frame {
  /** A crop of a LAST image. */
  CROP(1716, 1716),
  /** The image of a whole LAST camera; with several threads each has its share of the rows. */
  FULL(9576, 6388);

  private final int width;
  private final int height;

  Frame(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** Columns [pixel]. */
  public int width() {
    return width;
  }

  /** Rows that one of so many threads works on [pixel]; every thread has a crop of its own. */
  public int rows(int threads) {
    return this == FULL ? Math.ceilDiv(height, threads) : height;
  }

  /** Pixels that so many threads work on in one round. */
  public long pixels(int threads) {
    return (long) width * rows(threads) * threads;
  }
}
