package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import java.nio.file.Path;
import java.util.List;

/**
 * How a detection ended.
 *
 * @param exitCode worst state reached
 * @param images those that were done, in the order they were named
 * @param summary lines for people
 * @param problems every warning and failure, as one sentence each
 */
public record DetectionOutcome(
    ExitCode exitCode, List<Image> images, List<String> summary, List<String> problems) {

  /**
   * One image.
   *
   * @param image its file
   * @param catalog file that was written
   * @param sources number of sources written
   * @param fwhm of the PSF in the middle of the image [pixel]
   * @param psfStars number of stars that the PSF was built from
   */
  public record Image(Path image, Path catalog, int sources, double fwhm, int psfStars) {}

  /** Number of sources of all images. */
  public int sources() {
    return images.stream().mapToInt(Image::sources).sum();
  }
}
