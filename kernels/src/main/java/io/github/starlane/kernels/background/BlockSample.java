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

  /** Number of pixels in the interval, both ends included. */
  int countWithin(float low, float high);

  /** The pixel of rank {@code rank} (0 is the smallest) among those in the interval. */
  float ranked(int rank, float low, float high);

  /**
   * Moments of the pixels in the interval about a centre.
   *
   * @param result receives Σ (v − centre) and Σ (v − centre)²
   */
  void moments(float low, float high, float centre, double[] result);

  /**
   * Histogram of the pixels in [low, low + bins · binWidth).
   *
   * @param counts is cleared and receives the counts
   */
  void histogram(float low, float binWidth, int[] counts);
}
