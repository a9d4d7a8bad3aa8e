package io.github.starlane.kernels.background;

/**
 * Level and noise of one block by iterative clipping.
 *
 * <p>The first clipping interval stands around the median with σ from the lower half of the pixels
 * (median minus the 15.87 % quantile), which stars hardly touch; the next ones use the standard
 * deviation of the clipped pixels, corrected for what a Gaussian loses by clipping.
 */
final class BlockEstimator {

  /** Histogram bins per standard deviation, and reach of the histogram. */
  private static final int BINS_PER_SIGMA = 5;

  private static final int HISTOGRAM_SIGMAS = 4;

  /** The mode of fewer pixels than this is mostly noise. */
  private static final int FEWEST_FOR_MODE = 500;

  /** SExtractor takes the median where mean and median differ by more than this share of σ. */
  private static final double CROWDED = 0.3;

  private final BackgroundParameters parameters;
  private final BlockSample sample;
  private final Moments moments = new Moments();
  private final int[] histogram = new int[2 * HISTOGRAM_SIGMAS * BINS_PER_SIGMA];
  private final double kept;

  /** Level of the last block. */
  double level;

  /** Variance of one pixel of the last block. */
  double variance;

  BlockEstimator(BackgroundParameters parameters, BlockSample sample) {
    this.parameters = parameters;
    this.sample = sample;
    this.kept = keptVariance(parameters.clipSigma());
  }

  /** Estimates level and variance of the first {@code count} ≥ 1 values. */
  void estimate(float[] values, int count) {
    sample.load(values, count);
    float lower = sample.ranked((int) (0.1587 * count));
    float low = Float.NEGATIVE_INFINITY;
    float high = Float.POSITIVE_INFINITY;
    int left = count;
    float median = median(0, left);
    double sigma = median - lower;
    if (sigma <= 0) {
      sample.moments(low, high, median, moments);
      sigma = moments.deviation();
    }
    for (int round = 0; round < parameters.clipIterations(); round++) {
      float nextLow = (float) (median - parameters.clipSigma() * sigma);
      float nextHigh = (float) (median + parameters.clipSigma() * sigma);
      sample.moments(nextLow, nextHigh, median, moments);
      if (moments.within == 0) {
        break;
      }
      low = nextLow;
      high = nextHigh;
      sigma = moments.deviation() / Math.sqrt(kept);
      median = median(moments.below, moments.within);
      if (moments.within == left) {
        break;
      }
      left = moments.within;
    }
    variance = sigma * sigma;
    level = level(low, high, median, sigma, left);
  }

  private float median(int below, int within) {
    float upper = sample.ranked(below + within / 2);
    return within % 2 == 1 ? upper : 0.5f * (upper + sample.ranked(below + within / 2 - 1));
  }

  private double level(float low, float high, float median, double sigma, int left) {
    return switch (parameters.estimator()) {
      case CLIPPED_MEDIAN -> median;
      case SEXTRACTOR -> {
        sample.moments(low, high, median, moments);
        double offset = moments.mean();
        yield Math.abs(offset) < CROWDED * sigma ? median - 1.5 * offset : median;
      }
      case MODE -> left < FEWEST_FOR_MODE ? median : mode(median, sigma);
    };
  }

  private double mode(float median, double sigma) {
    // Bins from a σ of three digits: else the last bit of σ would move pixels between bins, and
    // backends that sum in another order would find another mode.
    int exponent = 10 - Math.getExponent(sigma);
    double coarse = Math.scalb(Math.rint(Math.scalb(sigma, exponent)), -exponent);
    float binWidth = (float) (coarse / BINS_PER_SIGMA);
    float low = (float) (median - HISTOGRAM_SIGMAS * coarse);
    if (!(binWidth > Math.ulp(median))) {
      return median;
    }
    sample.histogram(low, binWidth, histogram);
    double peak = Histograms.peak(histogram, BINS_PER_SIGMA);
    return Double.isNaN(peak) ? median : low + peak * binWidth;
  }

  /** Variance that is left of a unit Gaussian clipped at ± k: 1 − 2 k φ(k) / (2 Φ(k) − 1). */
  static double keptVariance(double k) {
    double density = Math.exp(-0.5 * k * k) / Math.sqrt(2 * Math.PI);
    // 2 Φ(k) − 1 by Simpson's rule, exact to 1e-10 here.
    int steps = 1000;
    double integral = 0;
    double h = k / steps;
    for (int i = 0; i <= steps; i++) {
      double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      integral += weight * Math.exp(-0.5 * i * h * i * h);
    }
    double inside = 2 * integral * h / 3 / Math.sqrt(2 * Math.PI);
    return k > 30 ? 1 : 1 - 2 * k * density / inside;
  }
}
