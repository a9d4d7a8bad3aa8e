package io.github.starlane.core.visit;

import io.github.starlane.core.astrometry.solve.Match;
import java.util.List;
import java.util.Optional;

/**
 * How the epochs of a crop lie on one of them.
 *
 * @param reference index of the reference epoch; −1 if no epoch has sources
 * @param toReference for each epoch the mapping of its pixels to the reference's
 */
public record Registration(int reference, List<Optional<Match>> toReference) {

  /** Whether an epoch could be placed. */
  public boolean has(int epoch) {
    return toReference.get(epoch).isPresent();
  }
}
