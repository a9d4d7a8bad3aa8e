package io.github.starlane.kernels.radon;

/**
 * Noise of the sums along paths through noise that was smoothed with a PSF: the sum of its
 * autocorrelation over all pairs of a path's pixels, per pixel.
 */
final class PathNoise {

  /** Rows of the sample of a line. */
  private static final int SAMPLE = 64;

  private final PsfProfile psf;
  private final float[][] perPixel;

  /** For strips of 1, 2, 4, … up to {@code 2^levels} rows. */
  PathNoise(PsfProfile psf, int levels) {
    this.psf = psf;
    perPixel = new float[levels + 1][];
    double[] sums = {psf.correlation(0, 0)};
    perPixel[0] = new float[] {(float) sums[0]};
    for (int level = 1; level <= levels; level++) {
      int n = 1 << level;
      double[] next = new double[n];
      perPixel[level] = new float[n];
      for (int d = 0; d < n; d++) {
        next[d] = 2 * sums[d / 2] + 2 * acrossTheMiddle(n, d);
        perPixel[level][d] = (float) (next[d] / n);
      }
      sums = next;
    }
  }

  /** Pairs with one pixel in the first half of the path and one in the second. */
  private double acrossTheMiddle(int n, int shift) {
    int half = n / 2;
    double sum = 0;
    for (int k = Math.max(0, half - psf.reach()); k < half; k++) {
      int column = PathSums.offset(n, shift, k);
      for (int l = half; l < Math.min(n, k + psf.reach() + 1); l++) {
        sum += psf.correlation(PathSums.offset(n, shift, l) - column, l - k);
      }
    }
    return sum;
  }

  /** By shift, for strips of {@code 2^level} rows. */
  float[] ofLevel(int level) {
    return perPixel[level];
  }

  /** Of a straight line through rows, each value interpolated between two columns. */
  double ofLine(double slope) {
    double sum = 0;
    for (int k = 0; k < SAMPLE; k++) {
      for (int l = -psf.reach(); l <= psf.reach(); l++) {
        sum += interpolated(k * slope, (k + l) * slope, l);
      }
    }
    return sum / SAMPLE;
  }

  private double interpolated(double u, double v, int rows) {
    int i = (int) Math.floor(u);
    int j = (int) Math.floor(v);
    double s = u - i;
    double t = v - j;
    int d = j - i;
    double same = (1 - s) * (1 - t) + s * t;
    return same * psf.correlation(d, rows)
        + (1 - s) * t * psf.correlation(d + 1, rows)
        + s * (1 - t) * psf.correlation(d - 1, rows);
  }
}
