package io.github.starlane.core.streak;

/** The world coordinates of an image. */
@FunctionalInterface
public interface SkyPosition {

  /** {right ascension, declination} [degree] of a pixel position, 0-based. */
  double[] of(double x, double y);
}
