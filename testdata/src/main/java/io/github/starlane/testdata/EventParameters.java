package io.github.starlane.testdata;

/**
 * What should not be in a frame.
 *
 * @param cosmicRays mean number of cosmic-ray tracks per megapixel and 20 s
 * @param cosmicRayCharge mean charge of a track per pixel of its length [e⁻]
 * @param streaks number of satellite streaks, each in an epoch of its own
 * @param streakFlux brightness of a streak [e⁻ per px of length]
 */
public record EventParameters(
    double cosmicRays, double cosmicRayCharge, int streaks, double streakFlux) {
  /**
   * @throws IllegalArgumentException if a number is negative
   */
  public EventParameters {
    Check.that(cosmicRays >= 0 && cosmicRayCharge >= 0, "cosmic rays must not be negative");
    Check.that(streaks >= 0 && streakFlux >= 0, "streaks must not be negative");
  }

  /** A few cosmic rays per crop, more than LAST has, and one streak. */
  public static EventParameters defaults() {
    return new EventParameters(3, 1200, 1, 900);
  }

  /** No cosmic rays and no streaks. */
  public static EventParameters none() {
    return new EventParameters(0, 0, 0, 0);
  }
}
