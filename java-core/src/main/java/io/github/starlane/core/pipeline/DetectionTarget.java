package io.github.starlane.core.pipeline;

import java.nio.file.Path;

/**
 * One image of a detection and what is made of it.
 *
 * @param image FITS file
 * @param catalog file for its sources
 * @param residual file for what they leave over, or null
 */
record DetectionTarget(Path image, Path catalog, Path residual) {}
