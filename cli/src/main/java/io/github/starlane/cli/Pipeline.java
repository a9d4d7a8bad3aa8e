package io.github.starlane.cli;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;

/** The one place where the program meets the pipeline. */
final class Pipeline {

  /** Reduces frames. */
  static final Reducer REDUCER =
      (request, progress) -> {
        throw new StarlaneException(
            ExitCode.DEVICE_FAULT, "cannot reduce", "this build", "no pipeline", "wire it here");
      };

  private Pipeline() {}
}
