package io.github.starlane.core.psf;

import io.github.starlane.core.Statistics;
import java.util.Arrays;

/**
 * Where the stars lie among sources in size and ellipticity: galaxies and blends are larger, cosmic
 * rays smaller or more elongated.
 *
 * <p>The size of stars is the middle of the shortest interval that holds half of the sources
 * (Andrews et al. 1972, Robust Estimates of Location, the "shorth"), which galaxies on one side do
 * not pull along; their ellipticity is the median.
 */
final class StarLocus {
  private static final double CLIP = 3;

  /** Least widths of the locus, in ln size and in ellipticity. */
  private static final double LEAST_SIZE_WIDTH = 0.03;

  private static final double LEAST_ELLIPTICITY_WIDTH = 0.03;

  /** Half of a Gaussian lies within ± this many σ. */
  private static final double HALF = 0.6745;

  /** With fewer sources nothing can be said. */
  private static final int LEAST_SOURCES = 6;

  private StarLocus() {}

  /** Which of the sources with these second moments look like stars. */
  static boolean[] stars(double[] xx, double[] yy, double[] xy) {
    int n = xx.length;
    boolean[] stars = new boolean[n];
    Arrays.fill(stars, true);
    if (n < LEAST_SOURCES) {
      return stars;
    }
    double[] size = new double[n];
    double[] along = new double[n];
    double[] across = new double[n];
    for (int i = 0; i < n; i++) {
      size[i] = 0.5 * Math.log((xx[i] + yy[i]) / 2);
      along[i] = (xx[i] - yy[i]) / (xx[i] + yy[i]);
      across[i] = 2 * xy[i] / (xx[i] + yy[i]);
    }
    double[] interval = shortest(size);
    double middle = (interval[0] + interval[1]) / 2;
    double width = Math.max(LEAST_SIZE_WIDTH, (interval[1] - interval[0]) / (2 * HALF));
    clip(stars, size, middle, width);
    clip(stars, along);
    clip(stars, across);
    return stars;
  }

  private static double[] shortest(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int span = sorted.length / 2;
    int best = 0;
    for (int k = 0; k + span < sorted.length; k++) {
      if (sorted[k + span] - sorted[k] < sorted[best + span] - sorted[best]) {
        best = k;
      }
    }
    return new double[] {sorted[best], sorted[best + span]};
  }

  /** Clips what is left around its median. */
  private static void clip(boolean[] stars, double[] values) {
    double[] left = new double[values.length];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (stars[i]) {
        left[n++] = values[i];
      }
    }
    left = Arrays.copyOf(left, n);
    double median = Statistics.median(left);
    double width = Statistics.robustDeviation(left, median);
    clip(stars, values, median, Math.max(LEAST_ELLIPTICITY_WIDTH, width));
  }

  private static void clip(boolean[] stars, double[] values, double middle, double width) {
    for (int i = 0; i < values.length; i++) {
      stars[i] &= Math.abs(values[i] - middle) <= CLIP * width;
    }
  }
}
