package io.github.starlane.core.source;

import java.util.List;

/**
 * How sources are found and measured.
 *
 * @param thresholds S/N of successive rounds of finding, falling
 * @param fitRadius PSF fits use pixels within ± this [pixel]; 0 for 2.2 × FWHM
 * @param groupRadius stars closer than this many FWHM are fitted together
 * @param maximumGroup at most so many stars in one fit
 * @param apertures radii, growing, at most four [pixel]
 * @param annulusInner inner radius of the background annulus [pixel]
 * @param annulusOuter outer radius of the background annulus [pixel]
 * @param border detections closer to the edge are dropped [pixel]
 * @param maximumSources per crop; the most significant ones are kept
 * @param haloFlux stars above this may have halos that are fitted and taken off [electron]
 * @param haloRadius halos are followed out to this [pixel]
 * @param skySources number of empty places that are measured like sources
 * @param cosmicRays in single exposures
 */
public record SourceSettings(
    List<Double> thresholds,
    int fitRadius,
    double groupRadius,
    int maximumGroup,
    List<Double> apertures,
    double annulusInner,
    double annulusOuter,
    int border,
    int maximumSources,
    double haloFlux,
    int haloRadius,
    int skySources,
    CosmicRaySettings cosmicRays) {}
