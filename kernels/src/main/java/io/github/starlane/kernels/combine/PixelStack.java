package io.github.starlane.kernels.combine;

import java.util.Arrays;

/** The values of one pixel in all images, and what is done with them. */
final class PixelStack {

  /** Standard deviation of a Gaussian over its median absolute deviation. */
  static final double SIGMA_PER_MAD = 1.4826022185056018;

  private final CombineParameters parameters;
  private final boolean hasVariances;
  private final double[] values;
  private final double[] variances;
  private final double[] weights;
  private final int[] masks;
  private final double[] sorted;
  private int size;

  PixelStack(int capacity, CombineParameters parameters, boolean hasVariances) {
    this.parameters = parameters;
    this.hasVariances = hasVariances;
    values = new double[capacity];
    variances = new double[capacity];
    weights = new double[capacity];
    masks = new int[capacity];
    sorted = new double[capacity];
  }

  void clear() {
    size = 0;
  }

  /** Number of values that take part. */
  int size() {
    return size;
  }

  /** Adds a value unless it is bad. */
  void offer(float value, float variance, int mask, double weight) {
    boolean known = Float.isFinite(value) && Float.isFinite(variance) && variance >= 0;
    if (known && (mask & parameters.badBits()) == 0) {
      values[size] = value;
      variances[size] = variance;
      masks[size] = mask;
      weights[size] = weight;
      size++;
    }
  }

  /** Removes outliers. */
  void reject() {
    switch (parameters.rejection()) {
      case NONE -> {}
      case MIN_MAX -> rejectExtremes();
      case SAMPLE, MAD, NOISE_MODEL -> clip();
    }
  }

  private void rejectExtremes() {
    if (size < 3) {
      return;
    }
    // First of the smallest and last of the largest: never the same one.
    int smallest = 0;
    int largest = 0;
    for (int k = 1; k < size; k++) {
      smallest = values[k] < values[smallest] ? k : smallest;
      largest = values[k] >= values[largest] ? k : largest;
    }
    int kept = 0;
    for (int k = 0; k < size; k++) {
      if (k != smallest && k != largest) {
        keep(k, kept++);
      }
    }
    size = kept;
  }

  private void clip() {
    for (int round = 0; round < parameters.iterations() && size >= 3; round++) {
      boolean aroundMean =
          parameters.rejection() == CombineParameters.Rejection.SAMPLE && round > 0;
      double centre = aroundMean ? mean() : median();
      double sampleSigma =
          switch (parameters.rejection()) {
            case NOISE_MODEL -> 0;
            default -> aroundMean ? standardDeviation() : robustSigma(centre);
          };
      int before = size;
      keepWithin(centre, sampleSigma);
      if (size == before) {
        return;
      }
    }
  }

  private void keepWithin(double centre, double sampleSigma) {
    boolean model = parameters.rejection() == CombineParameters.Rejection.NOISE_MODEL;
    double floor = parameters.relativeError() * centre;
    int kept = 0;
    for (int k = 0; k < size; k++) {
      double sigma = model ? Math.sqrt(variances[k] + floor * floor) : sampleSigma;
      double deviation = values[k] - centre;
      // Asked this way round, no limit (infinity) times no noise (0) rejects nothing.
      boolean outside =
          deviation < -parameters.low() * sigma || deviation > parameters.high() * sigma;
      if (!outside) {
        keep(k, kept++);
      }
    }
    size = kept;
  }

  private void keep(int from, int to) {
    values[to] = values[from];
    variances[to] = variances[from];
    weights[to] = weights[from];
    masks[to] = masks[from];
  }

  private double mean() {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += values[k];
    }
    return sum / size;
  }

  private double standardDeviation() {
    double mean = mean();
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += (values[k] - mean) * (values[k] - mean);
    }
    return Math.sqrt(sum / (size - 1));
  }

  private double median() {
    System.arraycopy(values, 0, sorted, 0, size);
    return medianOfSorted();
  }

  private double medianOfSorted() {
    Arrays.sort(sorted, 0, size);
    return 0.5 * (sorted[(size - 1) / 2] + sorted[size / 2]);
  }

  private double robustSigma(double centre) {
    for (int k = 0; k < size; k++) {
      sorted[k] = Math.abs(values[k] - centre);
    }
    double mad = medianOfSorted();
    // More than half of the values are equal: the MAD knows nothing about the others.
    return mad > 0 ? SIGMA_PER_MAD * mad : standardDeviation();
  }

  /** Mean or median of what is left. */
  double value() {
    if (size == 0) {
      return Double.NaN;
    }
    if (parameters.method() == CombineParameters.Method.MEDIAN) {
      return median();
    }
    double sum = 0;
    double sumWeights = 0;
    for (int k = 0; k < size; k++) {
      sum += weights[k] * values[k];
      sumWeights += weights[k];
    }
    return sum / sumWeights;
  }

  /** Variance of {@link #value}. */
  double variance() {
    boolean isMedian = parameters.method() == CombineParameters.Method.MEDIAN;
    double sumWeights = 0;
    double sumSquares = 0;
    double sumNoise = 0;
    for (int k = 0; k < size; k++) {
      double weight = isMedian ? 1 : weights[k];
      sumWeights += weight;
      sumSquares += weight * weight;
      sumNoise += weight * weight * variances[k];
    }
    double ofMean = sumNoise / (sumWeights * sumWeights);
    if (!hasVariances) {
      double sigma = standardDeviation();
      ofMean = size < 2 ? Double.NaN : sigma * sigma * sumSquares / (sumWeights * sumWeights);
    }
    // The median of one or two values is their mean.
    return isMedian && size >= 3 ? ofMean * Math.PI / 2 : ofMean;
  }

  /** OR of the masks of what is left. */
  int bits() {
    int bits = 0;
    for (int k = 0; k < size; k++) {
      bits |= masks[k];
    }
    return bits;
  }
}
