package io.github.starlane.testdata;

/**
 * A place in the sky.
 *
 * @param ra right ascension [deg], 0 … 360
 * @param dec declination [deg]
 */
public record SkyPoint(double ra, double dec) {}
