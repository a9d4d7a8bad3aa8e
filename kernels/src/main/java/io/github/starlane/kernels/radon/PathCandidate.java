package io.github.starlane.kernels.radon;

/**
 * The path with the largest S/N.
 *
 * @param frame orientation it is seen in
 * @param firstRow of its strip
 * @param rows of its strip
 * @param column where it begins
 * @param shift columns to its end
 * @param signalToNoise of the path
 */
record PathCandidate(
    PathFrame frame, int firstRow, int rows, int column, int shift, double signalToNoise) {}
