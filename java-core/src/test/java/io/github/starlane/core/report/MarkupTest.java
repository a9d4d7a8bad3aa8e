package io.github.starlane.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkupTest {

  @ParameterizedTest
  @CsvSource({"-0.001,2,0.00", "-1.26,1,−1.3", "NaN,2,–", "Infinity,0,–", "12.345,0,12"})
  void numbers(double value, int decimals, String text) {
    assertThat(Markup.number(value, decimals)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0.01234,0.0123", "1.234,1.23", "310.6,311", "-45.67,−45.7", "1e7,10000000"})
  void compactNumbersKeepThreeDigits(double value, String text) {
    assertThat(Markup.compact(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.424,0.42 s",
    "12.34,12.3 s",
    "99.99,100.0 s",
    "185,3 min 05 s",
    "3599.6,1 h 00 min",
    "7380,2 h 03 min",
    "NaN,–"
  })
  void durations(double seconds, String text) {
    assertThat(Markup.duration(seconds)).isEqualTo(text);
  }

  @Test
  void countsAndPlurals() {
    assertThat(Markup.plural(1, "frame")).isEqualTo("1 frame");
    assertThat(Markup.plural(1234567, "source")).isEqualTo("1\u202F234\u202F567 sources");
  }
}
