package io.github.starlane.core.source;

import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.psf.PsfStarShapes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How the PSF varies over an image, how well stars cover it, and what they look like; those of
 * LSST's summary statistics that need no reference catalogue.
 *
 * @param sizeRange largest minus smallest √((xx + yy) / 2) over the image [pixel]
 * @param lightRange the same of the fraction of the light within 3 σ
 * @param correctionRange the same of the aperture correction of the largest aperture, over the
 *     PSF's σ [1 / pixel]; NaN without one
 * @param farthest distance of the place that is farthest from all stars of the PSF, to the nearest
 *     of them [pixel]; NaN without stars
 * @param stars medians over the stars of the PSF in this image; NaN where there is none
 */
public record PsfStatistics(
    double sizeRange,
    double lightRange,
    double correctionRange,
    double farthest,
    Map<PsfStarShapes.Quantity, Double> stars) {
  static final PsfStatistics UNKNOWN =
      new PsfStatistics(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Map.of());

  private static final List<SourceColumn> CORRECTIONS =
      List.of(
          SourceColumn.APERTURE_CORRECTION_4,
          SourceColumn.APERTURE_CORRECTION_3,
          SourceColumn.APERTURE_CORRECTION_2,
          SourceColumn.APERTURE_CORRECTION_1);

  /** Places along the longer axis that are looked at for stars. */
  private static final int PLACES = 64;

  static PsfStatistics of(Psf psf, PsfPlaces places, SourceTable sources, int width, int height) {
    Map<PsfStarShapes.Quantity, Double> stars = new EnumMap<>(PsfStarShapes.Quantity.class);
    for (PsfStarShapes.Quantity q : PsfStarShapes.Quantity.values()) {
      stars.put(q, psf.starShapes().median(q, width, height));
    }
    return new PsfStatistics(
        places.range(core -> ImageStatistics.size(core.xx(), core.yy())),
        places.range(core -> core.light()),
        correctionRange(sources) / psf.sigma(),
        farthest(psf.starShapes(), width, height),
        stars);
  }

  private static double correctionRange(SourceTable sources) {
    for (SourceColumn column : CORRECTIONS) {
      if (sources.has(column)) {
        double[] known = Arrays.stream(sources.get(column)).filter(Double::isFinite).toArray();
        return Arrays.stream(known).max().orElse(Double.NaN)
            - Arrays.stream(known).min().orElse(Double.NaN);
      }
    }
    return Double.NaN;
  }

  /** Looks at places so near to each other that the result is too small by less than one step. */
  private static double farthest(PsfStarShapes stars, int width, int height) {
    if (stars.count() == 0) {
      return Double.NaN;
    }
    double step = Math.max(1, (Math.max(width, height) - 1.0) / PLACES);
    int columns = (int) Math.ceil((width - 1) / step);
    int rows = (int) Math.ceil((height - 1) / step);
    int[] byColumn =
        IntStream.range(0, stars.count())
            .boxed()
            .sorted(Comparator.comparingDouble(s -> stars.x()[s]))
            .mapToInt(s -> s)
            .toArray();
    double[] x = Arrays.stream(byColumn).mapToDouble(s -> stars.x()[s]).toArray();
    double[] y = Arrays.stream(byColumn).mapToDouble(s -> stars.y()[s]).toArray();
    double farthest = 0;
    for (int j = 0; j <= rows; j++) {
      double placeY = Math.min(height - 1, j * step);
      for (int i = 0; i <= columns; i++) {
        farthest = Math.max(farthest, nearest(x, y, Math.min(width - 1, i * step), placeY));
      }
    }
    return Math.sqrt(farthest);
  }

  /** Squared distance to the nearest of stars in the order of x. */
  private static double nearest(double[] x, double[] y, double placeX, double placeY) {
    int found = Arrays.binarySearch(x, placeX);
    int right = found < 0 ? -found - 1 : found;
    double nearest = Double.POSITIVE_INFINITY;
    for (int s = right; s < x.length && square(x[s] - placeX) < nearest; s++) {
      nearest = Math.min(nearest, square(x[s] - placeX) + square(y[s] - placeY));
    }
    for (int s = right - 1; s >= 0 && square(x[s] - placeX) < nearest; s--) {
      nearest = Math.min(nearest, square(x[s] - placeX) + square(y[s] - placeY));
    }
    return nearest;
  }

  private static double square(double value) {
    return value * value;
  }
}
