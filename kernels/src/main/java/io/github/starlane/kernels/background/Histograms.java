package io.github.starlane.kernels.background;

import java.util.Arrays;

/** Histogram and the peak of its logarithm. */
final class Histograms {

  /** Half-width of the parabola's interval below and above the peak, in standard deviations. */
  private static final double FIT_BELOW = 1.5;

  private static final double FIT_ABOVE = 1.0;

  private Histograms() {}

  static void fill(float[] values, int count, float low, float binWidth, int[] counts) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < count; i++) {
      int bin = (int) Math.floor((values[i] - low) / binWidth);
      if (bin >= 0 && bin < counts.length) {
        counts[bin]++;
      }
    }
  }

  /**
   * Position of the vertex of a parabola through the logarithm of the counts around their peak, in
   * bins from the lower edge of the first bin; NaN where there is no peak.
   *
   * @param binsPerSigma width of the distribution's core in bins
   */
  static double peak(int[] counts, double binsPerSigma) {
    double centre = tallest(counts) + 0.5;
    for (int round = 0; round < 3; round++) {
      double vertex = vertex(counts, centre, binsPerSigma);
      if (!(Math.abs(vertex - centre) < 2 * binsPerSigma)) {
        return Double.NaN;
      }
      centre = vertex;
    }
    return centre;
  }

  private static int tallest(int[] counts) {
    // Five bins together: a single bin's peak is mostly noise.
    int best = 0;
    long most = -1;
    for (int i = 0; i < counts.length; i++) {
      long sum = 0;
      for (int j = Math.max(0, i - 2); j <= Math.min(counts.length - 1, i + 2); j++) {
        sum += counts[j];
      }
      if (sum > most) {
        most = sum;
        best = i;
      }
    }
    return best;
  }

  /** Least squares of ln(count) = a + b t + c t², weight = count (Poisson), t from the centre. */
  private static double vertex(int[] counts, double centre, double binsPerSigma) {
    double[] s = new double[5];
    double[] r = new double[3];
    for (int i = 0; i < counts.length; i++) {
      double t = (i + 0.5 - centre) / binsPerSigma;
      if (t < -FIT_BELOW || t > FIT_ABOVE || counts[i] == 0) {
        continue;
      }
      double power = counts[i];
      double y = Math.log(counts[i]);
      for (int k = 0; k < 5; k++) {
        s[k] += power;
        if (k < 3) {
          r[k] += power * y;
        }
        power *= t;
      }
    }
    double d12 = s[1] * s[2] - s[0] * s[3];
    double d11 = s[1] * s[1] - s[0] * s[2];
    double d22 = s[2] * s[2] - s[0] * s[4];
    double q1 = s[1] * r[0] - s[0] * r[1];
    double q2 = s[2] * r[0] - s[0] * r[2];
    double determinant = d11 * d22 - d12 * d12;
    double b = (q1 * d22 - q2 * d12) / determinant;
    double c = (d11 * q2 - d12 * q1) / determinant;
    return c < 0 ? centre - b / (2 * c) * binsPerSigma : Double.NaN;
  }
}
