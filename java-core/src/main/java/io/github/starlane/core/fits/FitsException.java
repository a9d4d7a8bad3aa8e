package io.github.starlane.core.fits;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import java.nio.file.Path;

/** A file that cannot be read as FITS, or not as the image or table that was asked for. */
public final class FitsException extends StarlaneException {
  private static final long serialVersionUID = 1L;

  FitsException(Path file, String where, String why, String remedy, Throwable cause) {
    super(
        ExitCode.UNREADABLE_INPUT,
        "cannot read the file",
        file + (where.isEmpty() ? "" : " (" + where + ")"),
        why,
        remedy,
        cause);
  }

  FitsException(Path file, String where, String why, String remedy) {
    this(file, where, why, remedy, null);
  }
}
