package io.github.starlane.core.visit;

import io.github.starlane.core.frame.Exposure;
import java.util.List;

/**
 * Exposures of one field with one camera, filter and exposure time, close together in time.
 *
 * @param name for files and people
 * @param exposures in the order of time
 */
public record Visit(String name, List<Exposure> exposures) {

  /** The first exposure. */
  public Exposure first() {
    return exposures.get(0);
  }
}
