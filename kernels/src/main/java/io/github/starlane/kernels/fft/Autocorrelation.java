package io.github.starlane.kernels.fft;

/**
 * Autocorrelation of an image.
 *
 * @param lagX largest lag along x [pixel]
 * @param lagY largest lag along y [pixel]
 * @param values row-major, {@code (2 lagX + 1) * (2 lagY + 1)}, lag (0, 0) in the middle; divided
 *     by the sum of squares, so 1 in the middle, or all 0 where that vanishes
 * @param mean of the good pixels, which was subtracted if that was asked for
 * @param sumOfSquares of the good pixels, after the subtraction
 * @param badPixels pixels that were not finite and counted as 0
 */
public record Autocorrelation(
    int lagX, int lagY, float[] values, double mean, double sumOfSquares, int badPixels) {

  /** The value at a lag within the largest ones. */
  public float at(int dx, int dy) {
    return values[(dy + lagY) * (2 * lagX + 1) + dx + lagX];
  }
}
