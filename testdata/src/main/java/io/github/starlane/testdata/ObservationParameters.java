package io.github.starlane.testdata;

import java.time.Instant;

/**
 * What is exposed, when and under which name.
 *
 * @param start start of the first science exposure (UTC)
 * @param exposure length of a science and of a dark exposure [s]
 * @param deadTime time between two exposures [s]
 * @param epochs number of science exposures
 * @param darks number of dark exposures
 * @param flats number of twilight flats; their levels run from 20 % to 75 % of saturation
 * @param project {@code project.node.mount.camera}, the first part of every file name
 * @param field identifier of the field
 */
public record ObservationParameters(
    Instant start,
    double exposure,
    double deadTime,
    int epochs,
    int darks,
    int flats,
    String project,
    String field) {
  /**
   * @throws IllegalArgumentException if there is nothing to expose or a name cannot be a file name
   */
  public ObservationParameters {
    Check.that(exposure > 0 && deadTime >= 0, "exposure must be positive, deadTime not negative");
    Check.that(epochs >= 1 && epochs <= 999, "epochs must be in 1 … 999");
    Check.that(darks >= 0 && flats >= 0, "numbers of darks and flats must not be negative");
    Check.that(
        project.matches("[A-Za-z0-9]+\\.\\d+\\.\\d+\\.\\d+"),
        "project must look like LAST.01.02.03, not " + project);
    Check.that(field.matches("[A-Za-z0-9+-]+"), "field must be letters and digits: " + field);
  }

  /** One LAST visit of 20 × 20 s with 10 darks and 8 flats in the night of 15 January 2026. */
  public static ObservationParameters defaults() {
    return new ObservationParameters(
        Instant.parse("2026-01-15T19:41:44.510Z"), 20, 0.8, 20, 10, 8, "LAST.01.02.03", "923");
  }

  /** These parameters with other numbers of exposures. */
  public ObservationParameters withCounts(int newEpochs, int newDarks, int newFlats) {
    return new ObservationParameters(
        start, exposure, deadTime, newEpochs, newDarks, newFlats, project, field);
  }

  /** Start of the science exposure {@code epoch} (0-based). */
  Instant startOf(int epoch) {
    return start.plusMillis(Math.round(1000 * epoch * (exposure + deadTime)));
  }

  /** Time from the start of the visit to the middle of the exposure {@code epoch} [s]. */
  double midTime(int epoch) {
    return epoch * (exposure + deadTime) + exposure / 2;
  }

  /** From the start of the first to the end of the last exposure [s]. */
  double visitLength() {
    return epochs * exposure + (epochs - 1) * deadTime;
  }
}
