package io.github.starlane.testdata;

/**
 * An asteroid, moving uniformly in the tangent plane.
 *
 * @param id identifier, &gt; 0
 * @param start where it is at the start of the visit, in pixels of the nominal pointing
 * @param rateX motion [px/s] of the nominal pointing
 * @param rateY motion [px/s] of the nominal pointing
 * @param magnitude system magnitude
 */
record Mover(long id, PixelPoint start, double rateX, double rateY, double magnitude) {
  /** Where it is {@code time} seconds into the visit. */
  SkyPoint at(double time, TangentPlane nominal) {
    return nominal.toSky(new PixelPoint(start.x() + rateX * time, start.y() + rateY * time));
  }
}
