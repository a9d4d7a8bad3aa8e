package io.github.starlane.core.astrometry.solve;

/**
 * A mapping between two lists of points and the pairs it brings together.
 *
 * @param map from the first list's plane to the second's
 * @param first indices into the first list
 * @param second indices into the second list, of the same length
 * @param rms root mean square distance of the pairs per axis, in the second list's units
 */
public record Match(PolynomialMap map, int[] first, int[] second, double rms) {

  /** Number of pairs. */
  public int count() {
    return first.length;
  }
}
