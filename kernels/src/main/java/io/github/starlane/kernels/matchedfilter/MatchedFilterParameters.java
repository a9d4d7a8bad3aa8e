package io.github.starlane.kernels.matchedfilter;

import java.util.List;

/**
 * What to look for.
 *
 * @param templates at least one
 * @param threshold smallest S/N of a peak
 * @param badBits pixels with one of these mask bits have no weight
 * @param border peaks closer than this to the edge are dropped [pixel]
 * @param maximumPeaks at most so many, the most significant ones
 */
public record MatchedFilterParameters(
    List<Template> templates, double threshold, int badBits, int border, int maximumPeaks) {}
