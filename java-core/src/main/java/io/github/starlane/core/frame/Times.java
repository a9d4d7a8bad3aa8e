package io.github.starlane.core.frame;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.OptionalDouble;

/** Times as headers write them, and Julian dates (UTC). */
public final class Times {
  private static final LocalDateTime J2000 = LocalDateTime.of(2000, 1, 1, 12, 0);
  private static final double J2000_JD = 2451545.0;
  private static final double SECONDS_PER_DAY = 86400;

  private Times() {}

  /** Julian date (UTC) of an ISO 8601 time, with or without offset; empty if it cannot be read. */
  public static OptionalDouble julianDate(String iso) {
    String text = iso.strip().replace(' ', 'T');
    try {
      return OptionalDouble.of(julianDate(LocalDateTime.parse(text)));
    } catch (DateTimeException e) {
      return withOffset(text);
    }
  }

  private static OptionalDouble withOffset(String text) {
    try {
      DateTimeFormatter compactOffset =
          DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][.SSS][XXX][XX][X]");
      OffsetDateTime time = OffsetDateTime.parse(text, compactOffset);
      return OptionalDouble.of(
          julianDate(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()));
    } catch (DateTimeException e) {
      return dateOnly(text);
    }
  }

  private static OptionalDouble dateOnly(String text) {
    try {
      return OptionalDouble.of(julianDate(LocalDate.parse(text).atStartOfDay()));
    } catch (DateTimeException e) {
      return OptionalDouble.empty();
    }
  }

  /** Julian date (UTC); leap seconds are not counted. */
  public static double julianDate(LocalDateTime utc) {
    Duration since = Duration.between(J2000, utc);
    return J2000_JD + (since.getSeconds() + since.getNano() * 1e-9) / SECONDS_PER_DAY;
  }

  /** UTC of a Julian date, to the millisecond. */
  public static LocalDateTime utc(double julianDate) {
    return J2000.plus(
        Duration.ofMillis(Math.round((julianDate - J2000_JD) * SECONDS_PER_DAY * 1000)));
  }

  /** ISO 8601 with milliseconds. */
  public static String iso(double julianDate) {
    return utc(julianDate).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS"));
  }
}
