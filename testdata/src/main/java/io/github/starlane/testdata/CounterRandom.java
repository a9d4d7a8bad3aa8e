package io.github.starlane.testdata;

import java.util.random.RandomGenerator;

/**
 * A small generator that is opened by a key instead of being shared: the key (seed, purpose, frame,
 * row …) fixes the whole sequence, so that a row of noise is the same whichever thread draws it.
 *
 * <p>The sequence is xoroshiro128++ (Blackman &amp; Vigna 2021, ACM Trans. Math. Softw. 47, 36),
 * its state filled by SplitMix64 from the key.
 */
public final class CounterRandom implements RandomGenerator {
  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

  /** Below this mean the Poisson numbers are drawn exactly. */
  static final double EXACT_POISSON_LIMIT = 30;

  private long s0;
  private long s1;

  private CounterRandom(long s0, long s1) {
    this.s0 = s0;
    this.s1 = s1;
  }

  /**
   * Opens the sequence that belongs to a key.
   *
   * @param seed the seed of the simulation
   * @param key what the numbers are for: any few integers; their order matters
   */
  public static CounterRandom of(long seed, long... key) {
    long state = mix(seed + GOLDEN_RATIO);
    for (long k : key) {
      state = mix(state * 3 + mix(k + GOLDEN_RATIO) + GOLDEN_RATIO);
    }
    long first = mix(state + GOLDEN_RATIO);
    long second = mix(first + GOLDEN_RATIO);
    // The all-zero state is the one from which xoroshiro never leaves.
    return new CounterRandom(first, first == 0 && second == 0 ? 1 : second);
  }

  private static long mix(long z0) {
    long z = (z0 ^ (z0 >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  @Override
  public long nextLong() {
    long a = s0;
    long b = s1;
    long result = Long.rotateLeft(a + b, 17) + a;
    b ^= a;
    s0 = Long.rotateLeft(a, 49) ^ b ^ (b << 21);
    s1 = Long.rotateLeft(b, 28);
    return result;
  }

  /** A number from {@code low} to {@code high}, uniformly. */
  double uniform(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /**
   * A Poisson number of small mean, exactly (Knuth's product of uniforms).
   *
   * @param mean the mean, 0 … about 700 (time grows with it)
   */
  int poisson(double mean) {
    double limit = Math.exp(-mean);
    int count = 0;
    for (double product = nextDouble(); product > limit; product *= nextDouble()) {
      count++;
    }
    return count;
  }

  /**
   * Electrons counted in a pixel: a Poisson number of the given mean plus Gaussian read noise.
   *
   * <p>Small means are exact. Above {@value #EXACT_POISSON_LIMIT} the sum is drawn as one normal
   * number with the Cornish–Fisher term of the third cumulant (Cornish &amp; Fisher 1938), which
   * has the mean, the variance and the skewness of the exact sum; the excess kurtosis, below 1/30,
   * is left out.
   */
  double electrons(double mean, double readNoise) {
    if (mean < EXACT_POISSON_LIMIT) {
      double counted = mean > 0 ? poisson(mean) : 0;
      return counted + readNoise * nextGaussian();
    }
    double variance = mean + readNoise * readNoise;
    double z = nextGaussian();
    return mean + Math.sqrt(variance) * z + mean / variance * (z * z - 1) / 6;
  }
}
