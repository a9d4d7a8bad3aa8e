package io.github.starlane.testdata;

/**
 * A star.
 *
 * @param id identifier, &gt; 0
 * @param position at the time of the visit (ICRS)
 * @param magnitude system magnitude (of a variable: mean or uneclipsed)
 * @param colour BP − RP [mag]
 * @param pmRa proper motion in right ascension × cos δ [mas/yr]
 * @param pmDec proper motion in declination [mas/yr]
 * @param parallax [mas]; not applied to the position
 * @param variability change of the magnitude
 */
record Star(
    long id,
    SkyPoint position,
    double magnitude,
    double colour,
    double pmRa,
    double pmDec,
    double parallax,
    Variability variability) {
  Star varying(Variability other) {
    return new Star(id, position, magnitude, colour, pmRa, pmDec, parallax, other);
  }

  double magnitudeAt(double time) {
    return magnitude + variability.offsetAt(time);
  }
}
