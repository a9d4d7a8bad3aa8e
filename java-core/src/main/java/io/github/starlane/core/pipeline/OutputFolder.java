package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.fits.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes sure, before any work is done, that the products can be written. */
final class OutputFolder {
  /** A catalogue, its share of coadds and masters: a cautious lower bound per input frame. */
  private static final long BYTES_PER_FRAME = 1L << 20;

  private OutputFolder() {}

  /**
   * Makes the folder and tries it.
   *
   * @throws StarlaneException (exit code 6) if it cannot be made or written, or the disk is nearly
   *     full
   */
  static void prepare(Path folder, int frames) {
    try {
      Files.createDirectories(folder);
      Path probe = Files.createTempFile(folder, ".starlane", ".probe");
      Files.delete(probe);
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < frames * BYTES_PER_FRAME) {
        throw unusable(folder, "only " + free / 1_000_000 + " MB are free on its disk");
      }
    } catch (IOException e) {
      throw unusable(folder, AtomicFile.whyNot(folder.resolve("any"), e));
    }
  }

  private static StarlaneException unusable(Path folder, String why) {
    return new StarlaneException(
        ExitCode.RESOURCE,
        "cannot write the products",
        folder.toString(),
        why,
        "choose another folder with --out, or make room");
  }
}
