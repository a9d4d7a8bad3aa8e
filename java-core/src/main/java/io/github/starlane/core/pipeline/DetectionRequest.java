package io.github.starlane.core.pipeline;

import java.nio.file.Path;
import java.util.List;

/**
 * What the user asks of a detection.
 *
 * @param images FITS files, each with a calibrated image
 * @param output FITS file to write the sources to; if there are several images, or it is an
 *     existing folder or ends in a slash, a folder for one such file per image
 * @param residual the same for what the sources leave over, or null
 * @param instrument name of a profile or path of a YAML profile; null to choose by header
 * @param gain electrons per unit of the image; NaN to take it from the header
 * @param readNoise [electron]; NaN to take it from the header
 * @param saturation level of saturated pixels, in the image's units; NaN to take it from the header
 * @param coadd whether the image is a coadd, without cosmic rays; else its header decides
 * @param config YAML file laid over the built-in defaults, or null
 * @param settings single settings laid over the file, as {@code crop.size=900}
 * @param backend {@code auto}, {@code simd}, {@code scalar} or {@code cuda}
 * @param threads worker threads; 0 for all processors
 */
public record DetectionRequest(
    List<Path> images,
    String output,
    String residual,
    String instrument,
    double gain,
    double readNoise,
    double saturation,
    boolean coadd,
    Path config,
    List<String> settings,
    String backend,
    int threads) {}
