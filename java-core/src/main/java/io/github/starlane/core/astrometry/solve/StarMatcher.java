package io.github.starlane.core.astrometry.solve;

import io.github.starlane.core.PositionIndex;
import io.github.starlane.core.Statistics;
import java.util.Arrays;
import java.util.Optional;

/**
 * Pairs the points of two lists under a mapping that is known roughly, and fits the mapping better
 * and better: pairs within a shrinking radius, then a polynomial whose degree the number of pairs
 * allows, with outliers clipped.
 */
public final class StarMatcher {
  private static final double CLIP = 3.5;
  private static final int ROUNDS = 6;

  private final double coarseRadius;
  private final double fineRadius;
  private final int maximumDegree;

  /**
   * A matcher.
   *
   * @param coarseRadius first matching radius, in the second list's units
   * @param fineRadius last matching radius
   * @param maximumDegree largest degree of the polynomial
   */
  public StarMatcher(double coarseRadius, double fineRadius, int maximumDegree) {
    this.coarseRadius = coarseRadius;
    this.fineRadius = fineRadius;
    this.maximumDegree = maximumDegree;
  }

  /**
   * Points of a list.
   *
   * @param x first coordinates
   * @param y second coordinates
   * @param error 1-σ error per axis of each point, in the second list's units
   */
  public record Points(double[] x, double[] y, double[] error) {}

  /**
   * Matches and fits.
   *
   * @param guess mapping from the first list to the second, good to the coarse radius
   * @return empty if too few pairs are left for a fit
   */
  public Optional<Match> refine(Points from, Points to, PolynomialMap guess) {
    PolynomialMap map = guess;
    Match match = null;
    for (int round = 0; round < ROUNDS; round++) {
      double fraction = round / (ROUNDS - 1.0);
      double radius = coarseRadius * Math.pow(fineRadius / coarseRadius, fraction);
      match = pair(from, to, map, radius);
      int degree = Math.min(round == 0 ? 1 : maximumDegree, degreeFor(match.count()));
      if (degree < 0) {
        return Optional.empty();
      }
      try {
        match = fitClipped(from, to, match, degree);
      } catch (IllegalArgumentException e) {
        // Degenerate (all on one line, or clipped to too few): no mapping can be had.
        return Optional.empty();
      }
      map = match.map();
    }
    return Optional.of(match);
  }

  /** Fewer than 3 pairs per free coefficient are not fitted. */
  private static int degreeFor(int pairs) {
    int degree = pairs >= 2 ? 0 : -1;
    for (int d = 1; d <= 5; d++) {
      degree = pairs >= 3 * PolynomialMap.terms(d) ? d : degree;
    }
    return degree;
  }

  /** Pairs of points that are each other's nearest within a radius. */
  private static Match pair(Points from, Points to, PolynomialMap map, double radius) {
    int n = from.x().length;
    double[] u = new double[n];
    double[] v = new double[n];
    for (int i = 0; i < n; i++) {
      double[] p = map.apply(from.x()[i], from.y()[i]);
      u[i] = p[0];
      v[i] = p[1];
    }
    PositionIndex there = new PositionIndex(to.x(), to.y(), radius);
    PositionIndex here = new PositionIndex(u, v, radius);
    int[] first = new int[n];
    int[] second = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      int j = there.nearest(u[i], v[i]);
      if (j >= 0 && here.nearest(to.x()[j], to.y()[j]) == i) {
        first[count] = i;
        second[count++] = j;
      }
    }
    return new Match(map, Arrays.copyOf(first, count), Arrays.copyOf(second, count), Double.NaN);
  }

  private static Match fitClipped(Points from, Points to, Match pairs, int degree) {
    int n = pairs.count();
    double[] x = pick(from.x(), pairs.first());
    double[] y = pick(from.y(), pairs.first());
    double[] u = pick(to.x(), pairs.second());
    double[] v = pick(to.y(), pairs.second());
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      double a = from.error()[pairs.first()[i]];
      double b = to.error()[pairs.second()[i]];
      weights[i] = 1 / (a * a + b * b);
    }
    double[] all = weights.clone();
    PolynomialMap map = PolynomialMap.fit(x, y, u, v, weights, degree);
    for (int round = 0; round < 4; round++) {
      double[] pull = new double[n];
      for (int i = 0; i < n; i++) {
        double[] p = map.apply(x[i], y[i]);
        pull[i] =
            Math.sqrt(((p[0] - u[i]) * (p[0] - u[i]) + (p[1] - v[i]) * (p[1] - v[i])) * all[i]);
      }
      // The median of a Rayleigh distribution is 1.1774 σ.
      double sigma = Statistics.median(pull) / 1.1774;
      for (int i = 0; i < n; i++) {
        weights[i] = pull[i] <= CLIP * sigma ? all[i] : 0;
      }
      map = PolynomialMap.fit(x, y, u, v, weights, degree);
    }
    return kept(pairs, map, x, y, u, v, weights);
  }

  private static Match kept(
      Match pairs,
      PolynomialMap map,
      double[] x,
      double[] y,
      double[] u,
      double[] v,
      double[] weights) {
    int[] first = new int[weights.length];
    int[] second = new int[weights.length];
    int count = 0;
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        double[] p = map.apply(x[i], y[i]);
        sum += (p[0] - u[i]) * (p[0] - u[i]) + (p[1] - v[i]) * (p[1] - v[i]);
        first[count] = pairs.first()[i];
        second[count++] = pairs.second()[i];
      }
    }
    return new Match(
        map,
        Arrays.copyOf(first, count),
        Arrays.copyOf(second, count),
        Math.sqrt(sum / Math.max(1, 2 * count)));
  }

  private static double[] pick(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }
}
