package io.github.starlane.kernels.radon;

/** A sampled Gaussian, its square and its autocorrelation, all along one axis. */
final class PsfProfile {

  /** The kernels reach this many standard deviations. */
  private static final double REACH = 3.5;

  /** The Gaussian p, of unit sum. */
  final float[] kernel;

  /** p² of unit sum. */
  final float[] narrow;

  /** Σ p(i) p(i + k) by k ≥ 0. */
  private final double[] autocorrelation;

  PsfProfile(double sigma) {
    if (!(sigma >= 0) || sigma > 100) {
      throw new IllegalArgumentException("a PSF of σ = " + sigma + " pixels");
    }
    int reach = (int) Math.ceil(REACH * sigma);
    double[] p = new double[2 * reach + 1];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      p[i + reach] = sigma == 0 ? 1 : Math.exp(-0.5 * i * i / (sigma * sigma));
      sum += p[i + reach];
    }
    double squares = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
      squares += p[i] * p[i];
    }
    kernel = new float[p.length];
    narrow = new float[p.length];
    for (int i = 0; i < p.length; i++) {
      kernel[i] = (float) p[i];
      narrow[i] = (float) (p[i] * p[i] / squares);
    }
    autocorrelation = new double[p.length];
    for (int k = 0; k < p.length; k++) {
      for (int i = 0; i + k < p.length; i++) {
        autocorrelation[k] += p[i] * p[i + k];
      }
    }
  }

  /** Rows or columns beyond which the autocorrelation is 0. */
  int reach() {
    return autocorrelation.length - 1;
  }

  /** Autocorrelation of the two-dimensional Gaussian. */
  double correlation(int dx, int dy) {
    int i = Math.abs(dx);
    int j = Math.abs(dy);
    return i > reach() || j > reach() ? 0 : autocorrelation[i] * autocorrelation[j];
  }
}
