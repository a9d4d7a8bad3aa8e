package io.github.starlane.core.source;

import java.util.BitSet;

/**
 * An extended source.
 *
 * @param source index of the source that stands for it
 * @param ellipse centre and size
 * @param extent its light is seen so far out, in units of the ellipse
 * @param light its smooth light
 * @param fragments indices of sources that are parts of its light, not stars
 * @param stars indices of stars on it
 */
record Galaxy(
    int source,
    SourceEllipse ellipse,
    double extent,
    GalaxyLight light,
    BitSet fragments,
    BitSet stars) {}
