package io.github.starlane.core.astrometry.solve;

import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Aligns two lists of sources of the same field: a shift first, a pattern if that fails, then a
 * smooth mapping.
 */
public final class EpochAlignment {
  private static final double MINIMUM_SIGNAL_TO_NOISE = 8;
  private static final int BRIGHT = 120;
  private static final double CELL = 2;

  private final double maximumShift;
  private final double fineRadius;
  private final int degree;

  /**
   * An alignment.
   *
   * @param maximumShift largest shift that is searched for [pixel]
   * @param fineRadius last matching radius [pixel]
   * @param degree of the mapping
   */
  public EpochAlignment(double maximumShift, double fineRadius, int degree) {
    this.maximumShift = maximumShift;
    this.fineRadius = fineRadius;
    this.degree = degree;
  }

  /**
   * The mapping of one table's pixels to another's.
   *
   * @param same whether both are the same table: then the mapping is the identity
   */
  public Optional<Match> align(SourceTable from, SourceTable to, boolean same) {
    if (same) {
      return Optional.of(new Match(PolynomialMap.IDENTITY, new int[0], new int[0], 0));
    }
    int[] bright = brightest(from);
    int[] brightThere = brightest(to);
    double[] x = pick(from, SourceColumn.X, bright);
    double[] y = pick(from, SourceColumn.Y, bright);
    double[] u = pick(to, SourceColumn.X, brightThere);
    double[] v = pick(to, SourceColumn.Y, brightThere);
    double[] shift = ShiftFinder.find(x, y, u, v, maximumShift, CELL);
    Optional<PolynomialMap> guess =
        shift == null
            ? new PatternMatcher(0.005, CELL, false).match(x, y, u, v)
            : Optional.of(
                new PolynomialMap(
                    1, 0, 0, 1, new double[] {shift[0], 1, 0}, new double[] {shift[1], 0, 1}));
    StarMatcher matcher = new StarMatcher(4 * CELL, fineRadius, degree);
    return guess
        .flatMap(g -> matcher.refine(points(from), points(to), g))
        .filter(m -> m.rms() < fineRadius / 2);
  }

  private static StarMatcher.Points points(SourceTable table) {
    int[] used = usable(table).toArray();
    double[] error = pick(table, SourceColumn.X_ERROR, used);
    for (int i = 0; i < error.length; i++) {
      error[i] = Math.hypot(error[i], 0.01);
    }
    return new StarMatcher.Points(
        pick(table, SourceColumn.X, used), pick(table, SourceColumn.Y, used), error);
  }

  private static IntStream usable(SourceTable table) {
    return IntStream.range(0, table.count())
        .filter(i -> Double.isFinite(table.get(SourceColumn.X)[i]))
        .filter(i -> SourceSelection.isStarLike(table, i, MINIMUM_SIGNAL_TO_NOISE));
  }

  private static int[] brightest(SourceTable table) {
    double[] flux = table.get(SourceColumn.FLUX_PSF);
    return usable(table)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -flux[i]))
        .limit(BRIGHT)
        .mapToInt(i -> i)
        .toArray();
  }

  private static double[] pick(SourceTable table, SourceColumn column, int[] indices) {
    double[] values = table.get(column);
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }
}
