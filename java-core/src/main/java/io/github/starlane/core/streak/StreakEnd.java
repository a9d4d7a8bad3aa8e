package io.github.starlane.core.streak;

/**
 * An end of a streak, in 0-based pixels.
 *
 * @param x column
 * @param y row
 * @param xError standard error of x [pixel]
 * @param yError standard error of y [pixel]
 * @param atEdge whether the streak runs out of the image, or may: the end is where it leaves
 */
public record StreakEnd(double x, double y, double xError, double yError, boolean atEdge) {}
