package io.github.starlane.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  /** Julian dates of the U.S. Naval Observatory's converter. */
  @ParameterizedTest
  @CsvSource({
    "2000-01-01T12:00:00, 2451545.0",
    "1996-10-14, 2450370.5",
    "14/10/96, 2450370.5",
    "1996/10/14, 2450370.5",
    "2024-02-29T18:00:00.000, 2460370.25",
    "2024-02-29 18:00:00, 2460370.25",
    "2024-02-29T18:00, 2460370.25",
    "2024-02-29T18:00:00Z, 2460370.25",
    "2024-02-29T18:00:00.000000000000, 2460370.25",
    "2024-02-29T11:00:00-0700, 2460370.25",
    "2024-02-29T11:00:00.000-07:00, 2460370.25",
    "2024-02-29T19:30:00+01:30, 2460370.25",
    "2024-03-01T01:00:00.0000000+07, 2460370.25",
    "2024-02-29 11:00:00 -0700, 2460370.25"
  })
  void julianDate(String iso, double jd) {
    assertThat(Times.julianDate(iso).orElseThrow()).isEqualTo(jd, within(1e-9));
  }

  @Test
  void fractionsOfASecondCount() {
    double whole = Times.julianDate("2026-01-15T19:41:44").orElseThrow();
    double part = Times.julianDate("2026-01-15T19:41:44.510").orElseThrow();
    assertThat((part - whole) * 86400).isEqualTo(0.510, within(5e-5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2024-13-01", "2024-02-30T00:00:00", "20:15:00", "2024"})
  void unreadable(String text) {
    assertThat(Times.julianDate(text)).isEmpty();
  }

  @Test
  void thereAndBackToTheMillisecond() {
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      double jd = 2444240 + 40000 * random.nextDouble();
      String iso = Times.iso(jd);
      assertThat(Times.julianDate(iso).orElseThrow()).isEqualTo(jd, within(0.6e-3 / 86400));
      assertThat(Times.iso(Times.julianDate(iso).orElseThrow())).isEqualTo(iso);
    }
  }
}
