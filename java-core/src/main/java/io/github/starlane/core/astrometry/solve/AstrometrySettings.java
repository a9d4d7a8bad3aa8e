package io.github.starlane.core.astrometry.solve;

/**
 * How world coordinates are found.
 *
 * @param searchRadius the true centre may lie so far from the header's pointing [deg]
 * @param scaleTolerance largest relative error of the pixel scale
 * @param minimumSignalToNoise of sources that are matched
 * @param maximumDegree largest degree of the polynomial
 * @param minimumMatches fewer matched stars are no solution
 * @param fineRadius last matching radius [pixel]
 */
public record AstrometrySettings(
    double searchRadius,
    double scaleTolerance,
    double minimumSignalToNoise,
    int maximumDegree,
    int minimumMatches,
    double fineRadius) {}
