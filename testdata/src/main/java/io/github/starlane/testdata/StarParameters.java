package io.github.starlane.testdata;

/**
 * What is in the sky.
 *
 * <p>The number of stars brighter than {@code m} per square degree is {@code density × 10^(slope ×
 * (m − densityMagnitude))} between the two ends.
 *
 * @param density stars per square degree brighter than {@code densityMagnitude}
 * @param densityMagnitude the magnitude at which {@code density} is stated
 * @param slope dex per magnitude
 * @param brightest bright end of the star counts [mag]
 * @param faintest faint end of the star counts [mag]; below the limit of a coadd, so that the
 *     unresolved background is there too
 * @param catalogueLimit faint end of the reference catalogue [mag, G]
 * @param sinusoidalVariables how many stars vary sinusoidally
 * @param eclipsingVariables how many stars are eclipsed during the visit
 * @param movers how many asteroids cross the field
 */
public record StarParameters(
    double density,
    double densityMagnitude,
    double slope,
    double brightest,
    double faintest,
    double catalogueLimit,
    int sinusoidalVariables,
    int eclipsingVariables,
    int movers) {
  /**
   * @throws IllegalArgumentException if the counts cannot be drawn
   */
  public StarParameters {
    Check.that(density >= 0, "density must not be negative");
    Check.that(slope > 0, "slope must be positive");
    Check.that(faintest > brightest, "faintest must be fainter than brightest");
    Check.that(
        sinusoidalVariables >= 0 && eclipsingVariables >= 0 && movers >= 0,
        "numbers of variables and movers must not be negative");
  }

  /**
   * About 2300 stars above S/N 5 in a crop of 1716 × 1716 px of 1.25″ (0.355 deg²), what LAST sees
   * in a dense field.
   */
  public static StarParameters defaults() {
    return new StarParameters(6500, 19.6, 0.3, 8, 22, 20.6, 6, 3, 2);
  }

  /** These parameters with another density [stars per square degree]. */
  public StarParameters withDensity(double other) {
    return new StarParameters(
        other,
        densityMagnitude,
        slope,
        brightest,
        faintest,
        catalogueLimit,
        sinusoidalVariables,
        eclipsingVariables,
        movers);
  }

  /** These parameters with other numbers of variable stars and asteroids. */
  public StarParameters withVariablesAndMovers(int sinusoidal, int eclipsing, int asteroids) {
    return new StarParameters(
        density,
        densityMagnitude,
        slope,
        brightest,
        faintest,
        catalogueLimit,
        sinusoidal,
        eclipsing,
        asteroids);
  }

  /** Stars per square degree between the two ends. */
  double totalDensity() {
    return cumulative(faintest) - cumulative(brightest);
  }

  private double cumulative(double magnitude) {
    return density * Math.pow(10, slope * (magnitude - densityMagnitude));
  }

  /** The magnitude below which the fraction {@code u} of all stars lies. */
  double magnitudeAt(double u) {
    double bright = Math.pow(10, slope * (brightest - faintest));
    return faintest + Math.log10(bright + u * (1 - bright)) / slope;
  }
}
