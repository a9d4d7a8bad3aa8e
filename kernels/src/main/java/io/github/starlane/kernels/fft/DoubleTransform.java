package io.github.starlane.kernels.fft;

/** The plain Fourier transform in double precision, by splitting off the smallest prime factor. */
final class DoubleTransform {

  private DoubleTransform() {}

  /** Transforms a plane in place: Σ f(x, y) exp(−2πi (ux / width + vy / height)). */
  static void forward(double[] re, double[] im, int width, int height) {
    for (int y = 0; y < height; y++) {
      line(re, im, y * width, 1, width);
    }
    for (int x = 0; x < width; x++) {
      line(re, im, x, width, height);
    }
  }

  /** The reverse of {@link #forward}. */
  static void inverse(double[] re, double[] im, int width, int height) {
    forward(im, re, width, height);
    for (int i = 0; i < width * height; i++) {
      re[i] /= (double) width * height;
      im[i] /= (double) width * height;
    }
  }

  private static void line(double[] re, double[] im, int from, int step, int length) {
    double[] r = new double[length];
    double[] i = new double[length];
    for (int k = 0; k < length; k++) {
      r[k] = re[from + k * step];
      i[k] = im[from + k * step];
    }
    transform(r, i);
    for (int k = 0; k < length; k++) {
      re[from + k * step] = r[k];
      im[from + k * step] = i[k];
    }
  }

  private static void transform(double[] re, double[] im) {
    int n = re.length;
    if (n == 1) {
      return;
    }
    int factor = smallestFactor(n);
    int m = n / factor;
    double[][] partRe = new double[factor][m];
    double[][] partIm = new double[factor][m];
    for (int k = 0; k < n; k++) {
      partRe[k % factor][k / factor] = re[k];
      partIm[k % factor][k / factor] = im[k];
    }
    for (int f = 0; f < factor; f++) {
      transform(partRe[f], partIm[f]);
    }
    double[] cosines = new double[n];
    double[] sines = new double[n];
    for (int k = 0; k < n; k++) {
      cosines[k] = StrictMath.cos(-2 * Math.PI * k / n);
      sines[k] = StrictMath.sin(-2 * Math.PI * k / n);
    }
    for (int k = 0; k < n; k++) {
      re[k] = 0;
      im[k] = 0;
      for (int f = 0; f < factor; f++) {
        int turn = (int) ((long) f * k % n);
        double r = partRe[f][k % m];
        double i = partIm[f][k % m];
        re[k] += r * cosines[turn] - i * sines[turn];
        im[k] += r * sines[turn] + i * cosines[turn];
      }
    }
  }

  private static int smallestFactor(int n) {
    for (int factor = 2; factor * factor <= n; factor++) {
      if (n % factor == 0) {
        return factor;
      }
    }
    return n;
  }
}
