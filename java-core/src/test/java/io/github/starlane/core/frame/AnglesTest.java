package io.github.starlane.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnglesTest {
  @ParameterizedTest
  @CsvSource({
    "10 30 00, 10.5",
    "10:30:00, 10.5",
    "+10:30:36.0, 10.51",
    "-00 30 00, -0.5",
    "-00:00:36, -0.01",
    "10h30m36s, 10.51",
    "10 h 30 m 36 s, 10.51",
    "10d30m36s, 10.51",
    "-10d30'36\", -10.51",
    "10 30.6, 10.51",
    "10:30, 10.5",
    "5 59 60, 6"
  })
  void sexagesimal(String text, double degrees) {
    assertThat(Angles.sexagesimal(text).orElseThrow()).isEqualTo(degrees, within(1e-12));
    assertThat(Angles.hours(text).orElseThrow()).isEqualTo(15 * degrees, within(1e-10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.5", "-83.6", "10:75:00", "10:30:99", "north", "1 2 3 4", "10:-5:3"})
  void notSexagesimal(String text) {
    assertThat(Angles.sexagesimal(text)).isEmpty();
  }

  @Test
  void whatIsWrittenIsRead() {
    Random random = new Random(8);
    for (int i = 0; i < 1000; i++) {
      long hundredths = random.nextLong(360_000L * 100);
      String sign = random.nextBoolean() ? "-" : "";
      String text =
          String.format(
              Locale.ROOT,
              "%s%02d:%02d:%05.2f",
              sign,
              hundredths / 360_000,
              hundredths / 6000 % 60,
              hundredths % 6000 / 100.0);
      double value = (sign.isEmpty() ? 1 : -1) * hundredths / 360_000.0;
      assertThat(Angles.sexagesimal(text).orElseThrow()).isEqualTo(value, within(1e-11));
    }
  }
}
