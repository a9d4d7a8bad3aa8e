package io.github.starlane.core.frame;

import io.github.starlane.core.fits.Section;

/**
 * One piece of a detector that is reduced on its own.
 *
 * @param id number from 1, along x first
 * @param section its pixels, in the light section (0-based)
 * @param unique those of its pixels that belong to no other crop, in the light section
 */
public record Crop(int id, Section section, Section unique) {}
