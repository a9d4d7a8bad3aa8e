package io.github.starlane.core.streak;

import io.github.starlane.kernels.radon.LinePixels;
import java.util.Arrays;
import org.hipparchus.special.Erf;

/**
 * Light along a line, pixel of length by pixel of length, each by the matched filter of the
 * cross-section: with weights w and cross-section g, signal = Σ w I g and weight = Σ w g², so that
 * signal / weight is the flux per length and 1 / weight its variance.
 */
final class AlongProfile {

  /** Light brighter than the streak by this S/N and share is something else's: a star's remnant. */
  private static final double OUTLIER = 5;

  private static final double UNEVEN = 0.3;
  private static final double MOST_OUTLIERS = 0.15;

  private static final int ROUNDS = 20;

  /** See {@link #mayRunOn}. */
  private static final double OPEN = 5;

  /** Ends are looked for at so many places, and again between those that are likely. */
  private static final int PLACES = 256;

  /** Finest steps of an end [pixel]. */
  private static final double FINEST = 0.1;

  /** Where ends are likely [standard deviation]. */
  private static final double SPREAD = 6;

  /** Logarithm of a likelihood, below the best, that counts for nothing. */
  private static final double NEGLIGIBLE = 20;

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

  /**
   * Places that are much brighter than the line; none if this is much of a part, as then it is the
   * line that is uneven.
   */
  boolean[] outliers(double flux, int[] part) {
    boolean[] result = new boolean[signal.length];
    int inPart = 0;
    for (int k = 0; k < result.length; k++) {
      double error = Math.sqrt(1 / weight[k] + UNEVEN * UNEVEN * flux * flux);
      result[k] = weight[k] > 0 && signal[k] / weight[k] > flux + OUTLIER * error;
      inPart += result[k] && k >= part[0] && k < part[1] ? 1 : 0;
    }
    return inPart > MOST_OUTLIERS * (part[1] - part[0]) ? new boolean[signal.length] : result;
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
  private double likelihood(int k, double flux) {
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
   * Whether the light may go on to the profile's end: a streak that does so is less likely than the
   * likeliest part by more than {@value #OPEN} in the logarithm but once in 150 times.
   */
  boolean mayRunOn(int[] part, int side) {
    int from = side > 0 ? part[0] : 0;
    int to = side > 0 ? signal.length : part[1];
    return likelihood(from, to) >= likelihood(part[0], part[1]) - OPEN;
  }

  private double likelihood(int from, int to) {
    return likelihood(sum(signal, from, to), sum(weight, from, to));
  }

  /**
   * Where the light begins and ends: means and standard deviations over all parts, each weighted by
   * its likelihood with the flux that suits it best, as the flux is not known either. First every
   * so many pixels, then more finely where the ends are likely.
   *
   * @return {beginning, its deviation, end, its deviation}
   */
  double[] ends() {
    int n = signal.length;
    double[] s = new double[n + 1];
    double[] w = new double[n + 1];
    for (int k = 0; k < n; k++) {
      s[k + 1] = s[k] + signal[k];
      w[k + 1] = w[k] + weight[k];
    }
    int[] places = {0, n, 0, n};
    double[] ends = ends(s, w, places);
    for (int step = step(places); step > 1; step = step(places)) {
      for (int k = 0; k < 2; k++) {
        double reach = SPREAD * ends[2 * k + 1] + step;
        places[2 * k] = (int) Math.max(0, ends[2 * k] - reach);
        places[2 * k + 1] = (int) Math.min(n, Math.ceil(ends[2 * k] + reach));
      }
      if (step(places) >= step) {
        break;
      }
      ends = ends(s, w, places);
    }
    return ends;
  }

  private static int step(int[] places) {
    int most = Math.max(places[1] - places[0], places[3] - places[2]);
    return Math.max(1, (most + PLACES - 1) / PLACES);
  }

  /** Of parts that begin and end within limits. */
  private static double[] ends(double[] s, double[] w, int[] places) {
    int step = step(places);
    double best = 0;
    for (int i = places[0]; i <= places[1]; i += step) {
      for (int k = Math.max(i + 1, places[2]); k <= places[3]; k += step) {
        best = Math.max(best, likelihood(s[k] - s[i], w[k] - w[i]));
      }
    }
    double[] moments = new double[5];
    for (int i = places[0]; i <= places[1]; i += step) {
      for (int k = Math.max(i + 1, places[2]); k <= places[3]; k += step) {
        double exponent = likelihood(s[k] - s[i], w[k] - w[i]) - best;
        if (exponent > -NEGLIGIBLE) {
          add(moments, Math.exp(exponent), i, k);
        }
      }
    }
    double begin = moments[1] / moments[0];
    double end = moments[3] / moments[0];
    double pixel = step * step / 12.0;
    return new double[] {
      begin,
      Math.sqrt(Math.max(0, moments[2] / moments[0] - begin * begin) + pixel),
      end,
      Math.sqrt(Math.max(0, moments[4] / moments[0] - end * end) + pixel)
    };
  }

  /** Logarithm of the likelihood of light of the flux that suits it best. */
  private static double likelihood(double signal, double weight) {
    return signal > 0 && weight > 0 ? 0.5 * signal * signal / weight : 0;
  }

  private static void add(double[] moments, double p, double begin, double end) {
    moments[0] += p;
    moments[1] += p * begin;
    moments[2] += p * begin * begin;
    moments[3] += p * end;
    moments[4] += p * end * end;
  }

  /**
   * An end to a fraction of a pixel: mean and standard deviation over all places near the one of
   * {@link #ends}, each weighted by the likelihood of a line that ends there, blurred by the PSF.
   *
   * @param place where it is, about
   * @param deviation of that [pixel]
   * @param side 1 for the end, −1 for the beginning
   * @param flux per length
   * @param sigma of the PSF [pixel]
   * @return {place, deviation}
   */
  double[] blurredEnd(double place, double deviation, int side, double flux, double sigma) {
    double reach = SPREAD * deviation + sigma;
    double step = Math.max(FINEST, deviation / 8);
    int n = (int) (2 * reach / step) + 1;
    double[] likelihoods = new double[n];
    double best = Double.NEGATIVE_INFINITY;
    int from = (int) Math.max(0, place - reach - 4 * sigma);
    int to = (int) Math.min(signal.length, place + reach + 4 * sigma + 1);
    for (int i = 0; i < n; i++) {
      double at = place - reach + i * step;
      for (int k = from; k < to; k++) {
        double inside = side * (at - k - 0.5) / (Math.sqrt(2) * sigma);
        likelihoods[i] += likelihood(k, 0.5 * flux * Erf.erfc(-inside));
      }
      best = Math.max(best, likelihoods[i]);
    }
    double[] moments = new double[5];
    for (int i = 0; i < n; i++) {
      add(moments, Math.exp(likelihoods[i] - best), i * step, 0);
    }
    double mean = moments[1] / moments[0];
    double variance = moments[2] / moments[0] - mean * mean + step * step / 12;
    return new double[] {place - reach + mean, Math.sqrt(Math.max(0, variance))};
  }
}
