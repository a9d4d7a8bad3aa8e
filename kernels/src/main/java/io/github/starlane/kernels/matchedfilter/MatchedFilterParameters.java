package io.github.starlane.kernels.matchedfilter;

import java.util.List;

/**
 * What to look for.
 *
 * @param templates at least one
 * @param searching so many of them, from the first on, are searched with; the others are only
 *     measured at the peaks
 * @param threshold smallest S/N of a peak
 * @param badBits pixels with one of these mask bits have no weight
 * @param border peaks closer than this to the edge are dropped [pixel]
 * @param maximumPeaks at most so many, the most significant ones
 */
public record MatchedFilterParameters(
    List<Template> templates,
    int searching,
    double threshold,
    int badBits,
    int border,
    int maximumPeaks) {

  /** All templates are searched with. */
  public MatchedFilterParameters(
      List<Template> templates, double threshold, int badBits, int border, int maximumPeaks) {
    this(templates, templates.size(), threshold, badBits, border, maximumPeaks);
  }
}
