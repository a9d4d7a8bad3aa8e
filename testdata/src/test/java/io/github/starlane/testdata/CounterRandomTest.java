package io.github.starlane.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterRandomTest {
  private static final int DRAWS = 400_000;

  @Test
  void theKeyFixesTheSequence() {
    assertThat(CounterRandom.of(1, 2, 3).nextLong())
        .isEqualTo(CounterRandom.of(1, 2, 3).nextLong())
        .isNotEqualTo(CounterRandom.of(1, 3, 2).nextLong())
        .isNotEqualTo(CounterRandom.of(2, 2, 3).nextLong())
        .isNotEqualTo(CounterRandom.of(1, 2).nextLong());
  }

  @Test
  void neighbouringKeysAreUncorrelated() {
    double sum = 0;
    for (int key = 0; key < DRAWS; key++) {
      sum += CounterRandom.of(7, key).nextGaussian() * CounterRandom.of(7, key + 1).nextGaussian();
    }
    assertThat(sum / DRAWS).isCloseTo(0, within(5 / Math.sqrt(DRAWS)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 4, 29.9, 30.1, 200, 50_000})
  void electronsHaveMeanVarianceAndSkewnessOfPoissonPlusReadNoise(double mean) {
    double readNoise = 3.5;
    CounterRandom random = CounterRandom.of(42, (long) (10 * mean));
    double variance = mean + readNoise * readNoise;
    double sigma = Math.sqrt(variance);
    double m1 = 0;
    double m2 = 0;
    double m3 = 0;
    for (int i = 0; i < DRAWS; i++) {
      double z = (random.electrons(mean, readNoise) - mean) / sigma;
      m1 += z / DRAWS;
      m2 += z * z / DRAWS;
      m3 += z * z * z / DRAWS;
    }
    assertThat(m1).isCloseTo(0, within(4 / Math.sqrt(DRAWS)));
    // The Cornish-Fisher term adds 1/(18 mean) of itself at most.
    assertThat(m2).isCloseTo(1, within(4 * Math.sqrt(2.0 / DRAWS) + 1e-3));
    assertThat(m3).isCloseTo(mean / (variance * sigma), within(4 * Math.sqrt(15.0 / DRAWS)));
  }
}
