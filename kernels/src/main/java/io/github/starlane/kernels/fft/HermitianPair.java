package io.github.starlane.kernels.fft;

/** Planes of transforms of real images, of which the second half mirrors the first. */
final class HermitianPair {

  private HermitianPair() {}

  /** Rows that a transform of so many rows is known by. */
  static int rows(int height) {
    return height / 2 + 1;
  }

  /** Fills the rows beyond {@link #rows} with the conjugates of their mirror images. */
  static void complete(float[] re, float[] im, int width, int height) {
    for (int v = rows(height); v < height; v++) {
      int to = v * width;
      int from = (height - v) * width;
      re[to] = re[from];
      im[to] = -im[from];
      for (int u = 1; u < width; u++) {
        re[to + u] = re[from + width - u];
        im[to + u] = -im[from + width - u];
      }
    }
  }
}
