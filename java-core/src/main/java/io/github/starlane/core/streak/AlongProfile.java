package io.github.starlane.core.streak;

import io.github.starlane.kernels.radon.LinePixels;
import java.util.Arrays;

/**
 * Light along a line, pixel of length by pixel of length, each by the matched filter of the
 * cross-section: with weights w and cross-section g, signal = Σ w I g and weight = Σ w g², so that
 * signal / weight is the flux per length and 1 / weight its variance.
 */
final class AlongProfile {

  /** Light brighter than the streak by this S/N and share is something else's: a star's remnant. */
  private static final double OUTLIER = 5;

  private static final double UNEVEN = 0.3;

  private static final int ROUNDS = 20;

  /** Parts of equal weight in the test for evenness, and how many of the brightest are left out. */
  private static final int PIECES = 16;

  private static final int BRIGHTEST = 3;

  final double[] signal;
  final double[] weight;

  private AlongProfile(int count) {
    signal = new double[count];
    weight = new double[count];
  }

  /** The light of a fitted line's pixels. */
  static AlongProfile of(LinePixels pixels, boolean[] used, LineFit fit, double length) {
    AlongProfile profile = new AlongProfile((int) Math.ceil(length));
    CrossSection section = fit.section();
    double peak = section.unitPeak() / fit.fwhm();
    double reach = LineFit.RADIUS * fit.fwhm();
    for (int i = 0; i < pixels.count(); i++) {
      double along = pixels.along()[i];
      double across = pixels.across()[i] - fit.offset(along);
      if (used[i] && Math.abs(across) <= reach) {
        double g = peak * section.shape(across);
        int k = Math.min(profile.signal.length - 1, (int) along);
        profile.signal[k] += pixels.weight()[i] * pixels.value()[i] * g;
        profile.weight[k] += pixels.weight()[i] * g * g;
      }
    }
    return profile;
  }

  /** Flux per length of a part; NaN without weight. */
  double flux(int from, int to) {
    return sum(signal, from, to) / sum(weight, from, to);
  }

  /** S/N of a part. */
  double signalToNoise(int from, int to) {
    return sum(signal, from, to) / Math.sqrt(sum(weight, from, to));
  }

  static double sum(double[] values, int from, int to) {
    double sum = 0;
    for (int k = from; k < to; k++) {
      sum += values[k];
    }
    return sum;
  }

  /** Places that are much brighter than the line. */
  boolean[] outliers(double flux) {
    boolean[] result = new boolean[signal.length];
    for (int k = 0; k < result.length; k++) {
      double error = Math.sqrt(1 / weight[k] + UNEVEN * UNEVEN * flux * flux);
      result[k] = weight[k] > 0 && signal[k] / weight[k] > flux + OUTLIER * error;
    }
    return result;
  }

  /** Takes the weight of these places and of their neighbours. */
  void drop(boolean[] places, int neighbours) {
    for (int k = 0; k < places.length; k++) {
      if (places[k]) {
        int from = Math.max(0, k - neighbours);
        int to = Math.min(signal.length, k + neighbours + 1);
        Arrays.fill(signal, from, to, 0);
        Arrays.fill(weight, from, to, 0);
      }
    }
  }

  /**
   * The part {from, to} of the largest likelihood, all else being dark; flux and part in turns.
   *
   * @param start part to begin with
   */
  int[] brightestPart(int[] start) {
    int[] part = start;
    for (int round = 0; round < ROUNDS; round++) {
      double flux = flux(part[0], part[1]);
      if (!(flux > 0)) {
        return part;
      }
      int[] next = likeliestPart(flux);
      if (Arrays.equals(next, part)) {
        return part;
      }
      part = next;
    }
    return part;
  }

  /** Logarithm of the likelihood that light of a flux is at a place, over that of none. */
  double likelihood(int k, double flux) {
    return flux * signal[k] - 0.5 * flux * flux * weight[k];
  }

  private int[] likeliestPart(double flux) {
    double sum = 0;
    int from = 0;
    double best = Double.NEGATIVE_INFINITY;
    int[] part = {0, signal.length};
    for (int k = 0; k < signal.length; k++) {
      if (sum < 0) {
        sum = 0;
        from = k;
      }
      sum += likelihood(k, flux);
      if (sum > best) {
        best = sum;
        part = new int[] {from, k + 1};
      }
    }
    return part;
  }

  /**
   * S/N of a part without its brightest pieces: of a streak it is less by a fourth or so; of a few
   * stars in a row nothing is left.
   */
  double evenSignalToNoise(int[] part) {
    double whole = sum(weight, part[0], part[1]);
    double[] signals = new double[PIECES];
    double[] weights = new double[PIECES];
    double before = 0;
    for (int k = part[0]; k < part[1]; k++) {
      int piece = (int) Math.min(PIECES - 1, before / whole * PIECES);
      signals[piece] += signal[k];
      weights[piece] += weight[k];
      before += weight[k];
    }
    Integer[] order = new Integer[PIECES];
    Arrays.setAll(order, k -> k);
    Arrays.sort(
        order,
        (a, b) -> Double.compare(signals[a] / weights[a], signals[b] / weights[b]));
    double s = 0;
    double w = 0;
    for (int k = 0; k < PIECES - BRIGHTEST; k++) {
      s += signals[order[k]];
      w += weights[order[k]];
    }
    return s / Math.sqrt(w);
  }

  /**
   * Where the light ends, with the part's other end given: mean and standard deviation over all
   * places, each as likely as the light makes it.
   *
   * @param side 1 for the end, −1 for the beginning
   * @return {place, deviation, whether the end of the profile is not unlikely}
   */
  double[] end(int[] part, int side) {
    double flux = flux(part[0], part[1]);
    int n = signal.length;
    int fixed = side > 0 ? part[0] : n - part[1];
    double[] likelihoods = new double[n + 1];
    Arrays.fill(likelihoods, Double.NEGATIVE_INFINITY);
    double sum = 0;
    double best = Double.NEGATIVE_INFINITY;
    for (int k = fixed; k < n; k++) {
      sum += likelihood(side > 0 ? k : n - 1 - k, flux);
      likelihoods[k + 1] = sum;
      best = Math.max(best, sum);
    }
    double total = 0;
    double first = 0;
    double second = 0;
    for (int k = fixed + 1; k <= n; k++) {
      double p = Math.exp(likelihoods[k] - best);
      total += p;
      first += p * k;
      second += p * k * k;
    }
    double mean = first / total;
    double deviation = Math.sqrt(Math.max(0, second / total - mean * mean));
    double open = likelihoods[n] >= best - 2 ? 1 : 0;
    return new double[] {side > 0 ? mean : n - mean, deviation, open};
  }

  /**
   * An end to a fraction of a pixel: where a line of the streak's flux that ends abruptly has as
   * much light. Of a faint streak it says less than the likelihood does.
   *
   * @param place of the end, about
   * @param reach of the PSF to either side
   * @return {place, error}; NaN if pixels are missing
   */
  double[] halfLight(double place, int side, int reach, double flux) {
    int from = (int) Math.round(place) - reach;
    int to = (int) Math.round(place) + reach;
    if (from < 0 || to > signal.length) {
      return new double[] {Double.NaN, Double.NaN};
    }
    double light = 0;
    double variance = 0;
    for (int k = from; k < to; k++) {
      light += signal[k] / weight[k];
      variance += 1 / weight[k];
    }
    return new double[] {
      side > 0 ? from + light / flux : to - light / flux, Math.sqrt(variance) / flux
    };
  }
}
