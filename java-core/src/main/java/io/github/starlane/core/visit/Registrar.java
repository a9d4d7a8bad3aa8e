package io.github.starlane.core.visit;

import io.github.starlane.core.astrometry.solve.EpochAlignment;
import io.github.starlane.core.astrometry.solve.Match;
import io.github.starlane.core.source.SourceTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
   * <p>The reference is the epoch with the most sources if more than half of the others lie on it;
   * else (it may show another field) the next, and so on; the one on which most others lie wins.
   *
   * @param epochs source tables; null for an epoch that failed
   */
  public Registration register(List<SourceTable> epochs) {
    Integer[] bySources =
        IntStream.range(0, epochs.size())
            .filter(e -> epochs.get(e) != null)
            .boxed()
            .sorted(Comparator.comparingInt(e -> -epochs.get(e).count()))
            .toArray(Integer[]::new);
    Registration best = new Registration(-1, Collections.nCopies(epochs.size(), Optional.empty()));
    int bestPlaced = 0;
    for (int reference : bySources) {
      Registration candidate = onto(reference, epochs);
      int placed = (int) candidate.toReference().stream().filter(Optional::isPresent).count();
      if (placed > bestPlaced) {
        best = candidate;
        bestPlaced = placed;
      }
      if (2 * bestPlaced > bySources.length) {
        break;
      }
    }
    return best;
  }

  private Registration onto(int reference, List<SourceTable> epochs) {
    EpochAlignment alignment =
        new EpochAlignment(
            settings.maximumShift(), settings.matchRadius(), settings.registrationDegree());
    List<Optional<Match>> matches = new ArrayList<>();
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
