package io.github.starlane.core.frame;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import java.nio.file.Path;

/**
 * A FITS file without a two-dimensional image, such as a catalogue: no fault of its own, but not a
 * frame.
 */
public final class NoImageException extends StarlaneException {
  private static final long serialVersionUID = 1L;

  NoImageException(Path path) {
    super(
        ExitCode.UNREADABLE_INPUT,
        "cannot use the frame",
        path.toString(),
        "it holds no two-dimensional image",
        "leave it out");
  }
}
