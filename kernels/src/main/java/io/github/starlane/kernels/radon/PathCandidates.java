package io.github.starlane.kernels.radon;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Paths above a floor, which rises to half the best S/N: beside a bright streak there are many more
 * that cross it. What is below is looked for again when the bright ones have lost their weight.
 */
final class PathCandidates {

  private static final int MOST = 4096;
  private static final double SHARE_OF_BEST = 0.5;

  /** Lines so close are the same [pixel]. */
  private static final double SAME = 3;

  private final List<PathCandidate> paths = new ArrayList<>();
  private double floor;
  private boolean complete = true;

  PathCandidates(double floor) {
    this.floor = floor;
  }

  /** S/N a path must have. */
  double floor() {
    return floor;
  }

  /** Whether no path above the first floor was left out. */
  boolean complete() {
    return complete;
  }

  void add(PathCandidate path) {
    paths.add(path);
    raise(SHARE_OF_BEST * path.signalToNoise());
    if (paths.size() == MOST) {
      sort();
      raise(paths.get(MOST / 2).signalToNoise());
      paths.subList(MOST / 2, MOST).clear();
    }
  }

  private void raise(double to) {
    if (to > floor) {
      floor = to;
      complete = false;
    }
  }

  private void sort() {
    paths.sort(Comparator.comparingDouble(PathCandidate::signalToNoise).reversed());
  }

  /** The best path of each line, the best line first. */
  List<PathCandidate> distinct() {
    sort();
    List<PathCandidate> kept = new ArrayList<>();
    for (PathCandidate path : paths) {
      if (path.signalToNoise() >= floor && kept.stream().noneMatch(k -> path.follows(k, SAME))) {
        kept.add(path);
      }
    }
    return kept;
  }
}
