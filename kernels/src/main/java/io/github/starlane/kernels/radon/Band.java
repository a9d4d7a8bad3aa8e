package io.github.starlane.kernels.radon;

/**
 * A segment and what is around it. Coordinates are 0-based pixels.
 *
 * @param x1 column of one end
 * @param y1 row of that end
 * @param x2 column of the other end
 * @param y2 row of the other end
 * @param halfWidth distance from the segment, above 0
 */
public record Band(double x1, double y1, double x2, double y2, double halfWidth) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is not finite or the half-width not above 0
   */
  public Band {
    if (!Double.isFinite(x1 + y1 + x2 + y2 + halfWidth) || halfWidth <= 0) {
      throw new IllegalArgumentException(
          "no band of half-width "
              + halfWidth
              + " from "
              + x1
              + ", "
              + y1
              + " to "
              + x2
              + ", "
              + y2);
    }
  }

  /** Length of the segment [pixel]. */
  public double length() {
    return Math.hypot(x2 - x1, y2 - y1);
  }

  /** Distance of a point from the first end, along the segment; along x if it has no length. */
  public double along(double x, double y) {
    double length = length();
    return length == 0 ? x - x1 : ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length;
  }

  /**
   * Distance of a point from the line [pixel], positive on the side where the y axis is after a
   * turn that brings the x axis onto the line.
   */
  public double across(double x, double y) {
    double length = length();
    return length == 0 ? y - y1 : ((y - y1) * (x2 - x1) - (x - x1) * (y2 - y1)) / length;
  }

  /** Whether a point is within the half-width of the segment. */
  public boolean contains(double x, double y) {
    double beyond = Math.max(Math.max(-along(x, y), along(x, y) - length()), 0);
    return Math.hypot(beyond, across(x, y)) <= halfWidth;
  }

  SegmentRows rows() {
    return new SegmentRows(x1, y1, x2, y2, halfWidth);
  }
}
