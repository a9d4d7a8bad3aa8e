package io.github.starlane.core.psf;

import io.github.starlane.core.PositionIndex;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Puts together what a bank of small templates sees as several sources: the two peaks of a PSF that
 * is double, the bumps of one that is a ring.
 *
 * <p>Nearly every bright source then has a comparable companion nearby, many more than the density
 * of sources farther out lets one expect. Only if so, companions are joined to one source at their
 * common centre.
 */
final class CandidateMerger {
  /** Distances at which companions are looked for, one after the other [pixel]. */
  private static final double[] DISTANCES = {6, 12, 24};

  /** Out to here the density of sources is counted [pixel]. */
  private static final double SURROUNDINGS = 60;

  private static final int SAMPLE = 150;
  private static final int LEAST_SAMPLE = 6;

  /** Companions have at least this fraction of a source's flux. */
  private static final double COMPARABLE = 0.25;

  /** Fraction of sources with companions that is too high, where chance gives at most half. */
  private static final double SUSPICIOUS = 0.6;

  private static final double CHANCE = 0.3;

  /**
   * Candidates after joining.
   *
   * @param candidates the most significant first
   * @param spread typical distance of the joined ones from their common centre [pixel]; 0 if none
   *     were joined
   */
  record Merged(PsfCandidates candidates, double spread) {}

  private CandidateMerger() {}

  /** Joins companions where they are suspiciously many. */
  static Merged merge(PsfCandidates candidates) {
    Merged merged = new Merged(candidates, 0);
    for (double distance : DISTANCES) {
      if (isSuspicious(merged.candidates, distance)) {
        PsfCandidates joined = join(merged.candidates, distance);
        merged = new Merged(joined, Math.max(merged.spread, distance / 2));
      }
    }
    return merged;
  }

  private static boolean isSuspicious(PsfCandidates c, double distance) {
    int n = Math.min(SAMPLE, c.count());
    if (n < LEAST_SAMPLE) {
      return false;
    }
    PositionIndex index = new PositionIndex(c.x(), c.y(), SURROUNDINGS);
    int accompanied = 0;
    double outside = 0;
    for (int i = 0; i < n; i++) {
      int near = 0;
      for (int k : index.within(c.x()[i], c.y()[i])) {
        double d = Math.hypot(c.x()[k] - c.x()[i], c.y()[k] - c.y()[i]);
        boolean comparable = k != i && c.flux()[k] > COMPARABLE * c.flux()[i];
        near += comparable && d <= distance ? 1 : 0;
        outside += comparable && d > 2 * distance ? 1 : 0;
      }
      accompanied += near > 0 ? 1 : 0;
    }
    double area = SURROUNDINGS * SURROUNDINGS - 4 * distance * distance;
    double expected = outside / n * distance * distance / area;
    return accompanied > SUSPICIOUS * n && expected < CHANCE;
  }

  /** Friends of friends become one. */
  private static PsfCandidates join(PsfCandidates c, double distance) {
    int n = c.count();
    PositionIndex index = new PositionIndex(c.x(), c.y(), distance);
    int[] group = new int[n];
    Arrays.fill(group, -1);
    int[] queue = new int[n];
    int groups = 0;
    for (int first = 0; first < n; first++) {
      if (group[first] < 0) {
        int tail = 0;
        queue[tail++] = first;
        group[first] = groups;
        for (int head = 0; head < tail; head++) {
          for (int k : index.within(c.x()[queue[head]], c.y()[queue[head]])) {
            if (group[k] < 0) {
              group[k] = groups;
              queue[tail++] = k;
            }
          }
        }
        groups++;
      }
    }
    return centres(c, group, groups);
  }

  private static PsfCandidates centres(PsfCandidates c, int[] group, int groups) {
    double[] x = new double[groups];
    double[] y = new double[groups];
    double[] flux = new double[groups];
    double[] significance = new double[groups];
    for (int i = 0; i < group.length; i++) {
      double f = Math.max(1e-9, c.flux()[i]);
      x[group[i]] += f * c.x()[i];
      y[group[i]] += f * c.y()[i];
      flux[group[i]] += f;
      significance[group[i]] = Math.hypot(significance[group[i]], c.signalToNoise()[i]);
    }
    int[] order =
        IntStream.range(0, groups)
            .boxed()
            .sorted(Comparator.comparingDouble(g -> -significance[g]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new PsfCandidates(
        Arrays.stream(order).mapToDouble(g -> x[g] / flux[g]).toArray(),
        Arrays.stream(order).mapToDouble(g -> y[g] / flux[g]).toArray(),
        Arrays.stream(order).mapToDouble(g -> flux[g]).toArray(),
        Arrays.stream(order).mapToDouble(g -> significance[g]).toArray());
  }
}
