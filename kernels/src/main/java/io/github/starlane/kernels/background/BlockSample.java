package io.github.starlane.kernels.background;

/** The good pixels of one block, and the few questions that are asked about them. */
interface BlockSample {

  /**
   * Takes pixels in; the array's contents may be reordered.
   *
   * @param values good pixels
   * @param count how many of them
   */
  void load(float[] values, int count);

  /** The pixel of rank {@code rank}; 0 is the smallest. */
  float ranked(int rank);

  /**
   * Number and moments of the pixels in the interval.
   *
   * @param centre what the moments are about
   */
  void moments(float low, float high, float centre, Moments result);

  /**
   * Histogram of the pixels in [low, low + bins · binWidth).
   *
   * @param counts is cleared and receives the counts
   */
  void histogram(float low, float binWidth, int[] counts);
}
