package io.github.starlane.testdata;

/** What a sequence of random numbers is for; part of the key of {@link CounterRandom}. */
enum Purpose {
  STARS(1),
  VARIABLES(2),
  MOVERS(3),
  CATALOGUE(4),
  CONDITIONS(5),
  RESPONSE(6),
  DARK_CURRENT(7),
  BIAS(8),
  COSMETICS(9),
  DUST(10),
  NOISE(11),
  COSMIC_RAYS(12),
  STREAKS(13),
  POINTING_ERROR(14);

  /** Fixed for good: a new purpose must not change the numbers of the others. */
  private final long stream;

  Purpose(long stream) {
    this.stream = stream;
  }

  CounterRandom open(long seed, long... key) {
    long[] full = new long[key.length + 1];
    full[0] = stream;
    System.arraycopy(key, 0, full, 1, key.length);
    return CounterRandom.of(seed, full);
  }
}
