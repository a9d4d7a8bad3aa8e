package io.github.starlane.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StarGalaxyTest {

  @ParameterizedTest
  @CsvSource({
    // Bright: the ratio of the Gaussian's height to the exponential's.
    "0, 0.03, 0.04, 0.94",
    "0.5, 0.03, 0.04, 0",
    "5, 0.01, 0.02, 0",
    // Negative spread is no galaxy's.
    "-0.5, 0.03, 0.04, 0.99",
    // Too faint to tell.
    "0, 100, 0.02, 0.5",
    "1, 4.9, 0.02, 0.5"
  })
  void probabilityOfAStar(double spread, double error, double floor, double expected) {
    assertThat(StarGalaxy.probability(spread, error, floor)).isCloseTo(expected, within(0.02));
  }

  @ParameterizedTest
  @CsvSource({"NaN, 1", "1, NaN", "NaN, NaN"})
  void unknownStaysUnknown(double spread, double error) {
    assertThat(StarGalaxy.probability(spread, error, 0.02)).isNaN();
  }
}
