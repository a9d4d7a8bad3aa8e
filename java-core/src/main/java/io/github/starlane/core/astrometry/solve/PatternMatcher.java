package io.github.starlane.core.astrometry.solve;

import io.github.starlane.core.PositionIndex;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the similarity transform (shift, rotation, scale, and reflection if allowed) between two
 * lists of points that are the same stars in part.
 *
 * <p>Every pair of bright points of the first list is laid on every pair of the second whose
 * distance agrees within the scale tolerance; the transform this gives is tested on the other
 * points of the first list. The one that brings most of them onto a point of the second wins, if it
 * brings enough of them.
 */
public final class PatternMatcher {
  private static final int PAIR_STARS = 25;
  private static final int TEST_STARS = 40;
  private static final int EARLY_TESTS = 10;

  private final double scaleTolerance;
  private final double distanceTolerance;
  private final boolean reflections;

  /**
   * A matcher.
   *
   * @param scaleTolerance largest relative difference of scale
   * @param distanceTolerance points closer than this after the transform are the same, in units of
   *     the second list
   * @param reflections whether mirrored patterns count
   */
  public PatternMatcher(double scaleTolerance, double distanceTolerance, boolean reflections) {
    this.scaleTolerance = scaleTolerance;
    this.distanceTolerance = distanceTolerance;
    this.reflections = reflections;
  }

  /** w = a z + b, or a z* + b if mirrored, for complex z. */
  private record Similarity(double ar, double ai, double br, double bi, boolean mirrored) {
    double u(double x, double y) {
      return ar * x - ai * (mirrored ? -y : y) + br;
    }

    double v(double x, double y) {
      return ai * x + ar * (mirrored ? -y : y) + bi;
    }

    PolynomialMap map() {
      double sign = mirrored ? -1 : 1;
      return new PolynomialMap(
          1, 0, 0, 1, new double[] {br, ar, -ai * sign}, new double[] {bi, ai, ar * sign});
    }
  }

  /**
   * Matches the lists; both brightest first.
   *
   * @return the transform from the first list to the second; empty if none is convincing
   */
  public Optional<PolynomialMap> match(double[] x, double[] y, double[] u, double[] v) {
    int n = Math.min(PAIR_STARS, x.length);
    int tests = Math.min(TEST_STARS, x.length);
    if (n < 4 || u.length < 4) {
      return Optional.empty();
    }
    Pairs pairs = new Pairs(u, v);
    PositionIndex index = new PositionIndex(u, v, distanceTolerance);
    int needed = needed(tests, u, v);
    Similarity best = null;
    int bestCount = needed - 1;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double distance = Math.hypot(x[i] - x[j], y[i] - y[j]);
        if (distance < 20 * distanceTolerance) {
          continue;
        }
        int from = pairs.firstAtLeast(distance * (1 - scaleTolerance));
        for (int k = from;
            k < pairs.count() && pairs.distance(k) <= distance * (1 + scaleTolerance);
            k++) {
          for (int way = 0; way < (reflections ? 4 : 2); way++) {
            Similarity candidate =
                lay(x, y, i, j, u, v, pairs.one(k, way), pairs.other(k, way), way >= 2);
            int count = count(candidate, x, y, tests, index, bestCount);
            if (count > bestCount) {
              bestCount = count;
              best = candidate;
            }
          }
        }
      }
      if (best != null && bestCount > 0.6 * tests) {
        break;
      }
    }
    return Optional.ofNullable(best).map(Similarity::map);
  }

  /**
   * So many matches do not come about by chance: the mean number of accidental ones plus 6 σ, at
   * least 4.
   */
  private int needed(int tests, double[] u, double[] v) {
    double area =
        (Arrays.stream(u).max().orElse(0) - Arrays.stream(u).min().orElse(0))
            * (Arrays.stream(v).max().orElse(0) - Arrays.stream(v).min().orElse(0));
    double chance =
        Math.min(
            1, u.length * Math.PI * distanceTolerance * distanceTolerance / Math.max(area, 1e-300));
    double accidental = tests * chance;
    return (int)
        Math.ceil(Math.max(Math.max(4, 0.2 * tests), 2 + accidental + 6 * Math.sqrt(accidental)));
  }

  private static Similarity lay(
      double[] x,
      double[] y,
      int i,
      int j,
      double[] u,
      double[] v,
      int k,
      int l,
      boolean mirrored) {
    double sign = mirrored ? -1 : 1;
    double zr = x[j] - x[i];
    double zi = sign * (y[j] - y[i]);
    double wr = u[l] - u[k];
    double wi = v[l] - v[k];
    double norm = zr * zr + zi * zi;
    double ar = (wr * zr + wi * zi) / norm;
    double ai = (wi * zr - wr * zi) / norm;
    double br = u[k] - (ar * x[i] - ai * sign * y[i]);
    double bi = v[k] - (ai * x[i] + ar * sign * y[i]);
    return new Similarity(ar, ai, br, bi, mirrored);
  }

  private static int count(
      Similarity s, double[] x, double[] y, int tests, PositionIndex index, int toBeat) {
    int count = 0;
    for (int i = 0; i < tests; i++) {
      if (i == EARLY_TESTS && count < 3) {
        return 0;
      }
      if (count + tests - i <= toBeat) {
        return 0;
      }
      count += index.nearest(s.u(x[i], y[i]), s.v(x[i], y[i])) >= 0 ? 1 : 0;
    }
    return count;
  }

  /** All pairs of the second list by distance. */
  private static final class Pairs {
    private final double[] distances;
    private final int[] first;
    private final int[] second;

    Pairs(double[] u, double[] v) {
      int n = u.length;
      int count = n * (n - 1) / 2;
      int[] a = new int[count];
      int[] b = new int[count];
      double[] d = new double[count];
      int k = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          a[k] = i;
          b[k] = j;
          d[k++] = Math.hypot(u[i] - u[j], v[i] - v[j]);
        }
      }
      int[] order =
          IntStream.range(0, count)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> d[i]))
              .mapToInt(i -> i)
              .toArray();
      first = Arrays.stream(order).map(i -> a[i]).toArray();
      second = Arrays.stream(order).map(i -> b[i]).toArray();
      distances = Arrays.stream(order).mapToDouble(i -> d[i]).toArray();
    }

    int count() {
      return distances.length;
    }

    double distance(int k) {
      return distances[k];
    }

    int one(int k, int way) {
      return way % 2 == 0 ? first[k] : second[k];
    }

    int other(int k, int way) {
      return way % 2 == 0 ? second[k] : first[k];
    }

    int firstAtLeast(double distance) {
      int at = Arrays.binarySearch(distances, distance);
      return at >= 0 ? at : -at - 1;
    }
  }
}
