package io.github.starlane.core.pipeline;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import java.util.ArrayList;
import java.util.List;

/** Opens the backend that a user asked for. */
public final class BackendChoice {

  private BackendChoice() {}

  /**
   * Opens a backend.
   *
   * @param name {@code auto} or the name of one
   * @throws StarlaneException (usage) if there is none of that name; (device fault) if it cannot be
   *     used
   */
  public static Backends.Selection open(String name) {
    List<String> known = new ArrayList<>(List.of("auto"));
    Backends.providers().forEach(provider -> known.add(provider.name()));
    if (!known.contains(name)) {
      throw new StarlaneException(
          ExitCode.USAGE,
          "there is no such backend",
          name,
          "known are " + String.join(", ", known),
          "name one of them with --backend");
    }
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

  /** The same, with a line in the log that says which it is, and why not a faster one. */
  static Backend open(String name, RunLog log) {
    Backends.Selection selection = open(name);
    if (selection.backend().name().equals("scalar") && !name.equals("scalar")) {
      log.warn(
          "the kernels run in plain Java, many times slower: "
              + String.join("; ", selection.remarks()),
          "see 'starlane doctor'");
    } else {
      selection.remarks().forEach(log::info);
    }
    log.info("backend: " + selection.backend().description());
    return selection.backend();
  }
}
