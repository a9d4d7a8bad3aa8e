package io.github.starlane.kernels.fft;

/** Lengths that transform fast. */
final class FastLength {

  /** What the sides of planes are multiples of, so that vectors have no tails. */
  static final int MULTIPLE = 16;

  private FastLength() {}

  /** As {@link #next(int, int)} for {@link #MULTIPLE}. */
  static int next(int least) {
    return next(least, MULTIPLE);
  }

  /** The smallest number from {@code least} on without prime factors above 5 and with this one. */
  static int next(int least, int factor) {
    int n = Math.max(1, (least + factor - 1) / factor);
    while (!isFast(n)) {
      n++;
    }
    return Math.multiplyExact(n, factor);
  }

  private static boolean isFast(int n) {
    int rest = n;
    for (int prime : new int[] {2, 3, 5}) {
      while (rest % prime == 0) {
        rest /= prime;
      }
    }
    return rest == 1;
  }
}
