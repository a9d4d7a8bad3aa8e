package io.github.starlane.core.pipeline;

import java.nio.file.Path;
import java.util.List;

/**
 * What the user asks of a detection.
 *
 * @param image FITS file with a calibrated image
 * @param catalog FITS file to write the sources to
 * @param residual FITS file to write what the sources leave over to, or null
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
    Path image,
    Path catalog,
    Path residual,
    String instrument,
    double gain,
    double readNoise,
    double saturation,
    boolean coadd,
    Path config,
    List<String> settings,
    String backend,
    int threads) {}
