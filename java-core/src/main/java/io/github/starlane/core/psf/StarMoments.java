package io.github.starlane.core.psf;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.aperture.ApertureParameters;
import io.github.starlane.kernels.aperture.ApertureResult;
import java.util.Arrays;

/** Windowed centroids and second moments of candidates, in a window that fits the typical one. */
final class StarMoments {
  /** First windows, tried in turn until most sources have moments in one [pixel]. */
  private static final double[] WINDOWS = {2, 4, 8};

  private static final double SMALLEST_WINDOW = 0.8;
  private static final double LARGEST_WINDOW = 10;
  private static final double LARGEST_REACH = 40;

  /** Sources larger than this may be rings, which only a wide window sees as they are [pixel]. */
  private static final double LARGE = 4;

  private static final double WIDE = 1.7;
  private static final int ROUNDS = 3;

  /** What a pixel adds to second moments [pixel²]. */
  static final double PIXEL = 1.0 / 12;

  private static final double SMALLEST_MOMENT = 0.2;

  private final Backend backend;
  private final Plane image;
  private final Plane variance;
  private final MaskPlane mask;

  /**
   * Moments without those of the pixel.
   *
   * @param typical {xx, yy, xy}: medians over the sources without bad pixels; NaN if there is none
   * @param good whether a source has moments and no bad pixels
   * @param clean whether it has no bad pixels
   */
  record Result(
      double[] x,
      double[] y,
      double[] xx,
      double[] yy,
      double[] xy,
      double[] typical,
      boolean[] good,
      boolean[] clean) {}

  StarMoments(Backend backend, Plane image, Plane variance, MaskPlane mask) {
    this.backend = backend;
    this.image = image;
    this.variance = variance;
    this.mask = mask;
  }

  /**
   * Measures.
   *
   * @param spread distance within which a source may have several peaks [pixel]
   */
  Result measure(double[] x, double[] y, double spread) {
    Result fallback = null;
    for (double first : WINDOWS) {
      Result result = settle(Math.max(first, spread), spread, x, y);
      if (isUsable(result) && mostHaveMoments(result)) {
        return size(result) > LARGE ? measureIn(WIDE * size(result), x, y) : result;
      }
      fallback = fallback == null || !isUsable(fallback) ? result : fallback;
    }
    return fallback;
  }

  /** Lets the window follow the size of the typical source. */
  private Result settle(double first, double spread, double[] x, double[] y) {
    double window = first;
    Result result = measureIn(window, x, y);
    for (int round = 1; round < ROUNDS && isUsable(result); round++) {
      window = Math.clamp(size(result), Math.max(SMALLEST_WINDOW, 0.7 * spread), LARGEST_WINDOW);
      result = measureIn(window, x, y);
    }
    return result;
  }

  /** Size of the typical source with its pixel [pixel]. */
  private static double size(Result result) {
    return Math.sqrt((result.typical[0] + result.typical[1]) / 2 + PIXEL);
  }

  private static boolean isUsable(Result result) {
    return result.typical[0] > 0 && result.typical[1] > 0;
  }

  /** Of a ring, a small window shows few sources with moments: most are wider than it. */
  private static boolean mostHaveMoments(Result result) {
    int good = 0;
    int clean = 0;
    for (int i = 0; i < result.good.length; i++) {
      good += result.good[i] ? 1 : 0;
      clean += result.clean[i] ? 1 : 0;
    }
    return 2 * good > clean;
  }

  private Result measureIn(double window, double[] x, double[] y) {
    double reach = Math.min(LARGEST_REACH, Math.ceil(4 * window));
    ApertureParameters parameters =
        new ApertureParameters(
            new double[0],
            Math.max(10, reach),
            Math.max(10, reach) + 4,
            ApertureParameters.Level.MEDIAN,
            window,
            reach,
            2,
            MaskBit.bad());
    ApertureResult a = backend.aperture().measure(image, variance, mask, x, y, parameters);
    int n = x.length;
    boolean[] good = new boolean[n];
    boolean[] clean = new boolean[n];
    double[] xx = new double[n];
    double[] yy = new double[n];
    for (int i = 0; i < n; i++) {
      xx[i] = Math.max(SMALLEST_MOMENT, a.x2()[i] - PIXEL);
      yy[i] = Math.max(SMALLEST_MOMENT, a.y2()[i] - PIXEL);
      boolean measured = a.x2()[i] > 0 && a.y2()[i] > 0 && Double.isFinite(a.xy()[i]);
      boolean stayed = Math.hypot(a.x1()[i] - x[i], a.y1()[i] - y[i]) < 2 * window;
      clean[i] = (a.flags()[i] & MaskBit.bad()) == 0;
      good[i] = measured && stayed && clean[i];
    }
    double[] typical = {median(xx, good), median(yy, good), median(a.xy(), good)};
    return new Result(a.x1(), a.y1(), xx, yy, a.xy(), typical, good, clean);
  }

  private static double median(double[] values, boolean[] good) {
    double[] chosen = new double[values.length];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (good[i]) {
        chosen[n++] = values[i];
      }
    }
    return Statistics.median(Arrays.copyOf(chosen, n));
  }
}
