package io.github.starlane.core.pipeline;

import java.nio.file.Path;
import java.util.List;

/**
 * What the user asks of a reduction.
 *
 * @param inputs files and folders (searched recursively) of raw frames, at least one
 * @param output folder for the products; made if absent
 * @param instrument name of a profile or path of a YAML profile; null to choose by header
 * @param bias finished master bias, or null
 * @param dark finished master dark (bias still in it unless its header says otherwise), or null
 * @param flat finished master flat, or null
 * @param referenceCatalog FITS table of reference stars, or null
 * @param config YAML file laid over the built-in defaults, or null
 * @param settings single settings laid over the file, as {@code crop.size=900}
 * @param backend {@code auto}, {@code simd}, {@code scalar} or {@code cuda}
 * @param threads worker threads; 0 for all processors
 * @param allowUncalibrated go on without a dark or flat
 * @param dryRun plan only
 * @param truth folder with a simulation's truth tables to compare with in the report, or null
 */
public record ReductionRequest(
    List<Path> inputs,
    Path output,
    String instrument,
    Path bias,
    Path dark,
    Path flat,
    Path referenceCatalog,
    Path config,
    List<String> settings,
    String backend,
    int threads,
    boolean allowUncalibrated,
    boolean dryRun,
    Path truth) {}
