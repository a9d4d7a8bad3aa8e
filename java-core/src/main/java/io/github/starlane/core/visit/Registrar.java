package io.github.starlane.core.visit;

import io.github.starlane.core.astrometry.solve.EpochAlignment;
import io.github.starlane.core.astrometry.solve.Match;
import io.github.starlane.core.source.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds how the epochs of one crop lie on one of them, by their stars. */
public final class Registrar {
  private final VisitSettings settings;

  /** A registrar. */
  public Registrar(VisitSettings settings) {
    this.settings = settings;
  }

  /**
   * Registers.
   *
   * @param epochs source tables; null for an epoch that failed
   * @return the reference epoch (that with the most sources) and for each epoch the match from it
   *     to the reference; empty for epochs that cannot be placed
   */
  public Registration register(List<SourceTable> epochs) {
    int reference = -1;
    for (int e = 0; e < epochs.size(); e++) {
      boolean better =
          epochs.get(e) != null
              && (reference < 0 || epochs.get(e).count() > epochs.get(reference).count());
      reference = better ? e : reference;
    }
    List<Optional<Match>> matches = new ArrayList<>();
    EpochAlignment alignment =
        new EpochAlignment(
            settings.maximumShift(), settings.matchRadius(), settings.registrationDegree());
    for (int e = 0; e < epochs.size(); e++) {
      SourceTable table = epochs.get(e);
      matches.add(
          table == null
              ? Optional.empty()
              : alignment.align(table, epochs.get(reference), e == reference));
    }
    return new Registration(reference, List.copyOf(matches));
  }
}
