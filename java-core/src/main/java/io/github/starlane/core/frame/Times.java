package io.github.starlane.core.frame;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as headers write them, and Julian dates (UTC). */
public final class Times {
  private static final LocalDateTime J2000 = LocalDateTime.of(2000, 1, 1, 12, 0);
  private static final double J2000_JD = 2451545.0;
  private static final double SECONDS_PER_DAY = 86400;

  private static final DateTimeFormatter WITH_OFFSET =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm[:ss][XXX][XX][X]", Locale.ROOT);
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

  /** The fraction of a second, which is read apart: there may be any number of digits. */
  private static final Pattern FRACTION = Pattern.compile("(.*:\\d{2})(\\.\\d*)(.*)");

  /** DATE-OBS before 1999 (FITS Standard 4.0 §4.4.2.1). */
  private static final Pattern OLD_DATE = Pattern.compile("(\\d{2})/(\\d{2})/(\\d{2})");

  private Times() {}

  /**
   * Julian date (UTC) of an ISO 8601 time, with or without offset, or of a date alone (its
   * midnight); also of the old form {@code DD/MM/YY}. Empty if it cannot be read.
   */
  public static OptionalDouble julianDate(String iso) {
    String text = iso.strip().replaceAll("\\s+(?=[+-]|Z)", "").replaceAll("\\s+", "T");
    Matcher m = FRACTION.matcher(text);
    double fraction = 0;
    if (m.matches()) {
      fraction = Double.parseDouble("0" + m.group(2));
      text = m.group(1) + m.group(3);
    }
    OptionalDouble whole = wholeSeconds(text);
    return whole.isPresent()
        ? OptionalDouble.of(whole.getAsDouble() + fraction / SECONDS_PER_DAY)
        : whole;
  }

  private static OptionalDouble wholeSeconds(String text) {
    try {
      if (isDateOnly(text)) {
        return OptionalDouble.of(julianDate(date(text).atStartOfDay()));
      }
      LocalDateTime utc =
          text.matches(".*T.*[Z+-].*")
              ? OffsetDateTime.parse(text, WITH_OFFSET)
                  .withOffsetSameInstant(ZoneOffset.UTC)
                  .toLocalDateTime()
              : LocalDateTime.parse(text);
      return OptionalDouble.of(julianDate(utc));
    } catch (DateTimeException e) {
      return OptionalDouble.empty();
    }
  }

  /** Whether a header's time is a date alone, so that the time of day must stand elsewhere. */
  static boolean isDateOnly(String text) {
    return !text.contains("T") && !text.contains(":");
  }

  private static LocalDate date(String text) {
    Matcher old = OLD_DATE.matcher(text);
    return old.matches()
        ? LocalDate.parse("19" + old.group(3) + "-" + old.group(2) + "-" + old.group(1))
        : LocalDate.parse(text.replace('/', '-'));
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
    return utc(julianDate).format(MILLISECONDS);
  }
}
