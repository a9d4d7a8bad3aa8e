package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.kernels.Backends;

/** Opens the backend that a user asked for. */
public final class BackendChoice {

  private BackendChoice() {}

  /**
   * Opens a backend.
   *
   * @param name {@code auto} or the name of one
   * @throws StarlaneException (device fault) if there is none of that name or it cannot be used
   */
  public static Backends.Selection open(String name) {
    try {
      return Backends.select(name);
    } catch (Backends.UnavailableException e) {
      throw new StarlaneException(
          ExitCode.DEVICE_FAULT,
          "cannot use the backend",
          name,
          String.valueOf(e.getMessage()),
          "choose another with --backend, or auto",
          e);
    }
  }
}
