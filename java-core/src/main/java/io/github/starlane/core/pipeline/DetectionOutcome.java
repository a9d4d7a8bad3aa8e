package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import java.util.List;

/**
 * How a detection ended.
 *
 * @param exitCode worst state reached
 * @param sources number of sources written
 * @param fwhm of the PSF in the middle of the image [pixel]
 * @param summary lines for people
 * @param problems every warning and failure, as one sentence each
 */
public record DetectionOutcome(
    ExitCode exitCode, int sources, double fwhm, List<String> summary, List<String> problems) {}
