package io.github.starlane.core.frame;

import io.github.starlane.core.fits.Section;

/**
 * One piece of a detector that is reduced on its own.
 *
 * @param id number from 1, along x first
 * @param section its pixels, in the light section (0-based)
 * @param unique those of its pixels that belong to no other crop, in the light section
 */
public record Crop(int id, Section section, Section unique) {

  /** Whether this crop owns a place, given in its own pixel coordinates. */
  public boolean owns(double x, double y) {
    double lightX = x + section.x() + 0.5;
    double lightY = y + section.y() + 0.5;
    return lightX >= unique.x()
        && lightY >= unique.y()
        && lightX < unique.x() + unique.width()
        && lightY < unique.y() + unique.height();
  }
}
