package io.github.starlane.kernels.radon;

/**
 * Makes a streak of a path: a straight line whose ends move sideways, and the part of it that has
 * the largest S/N, in turns, each time on a line that reaches farther, until nothing changes.
 */
final class StreakRefiner {

  private static final int ROUNDS = 8;

  /** Steps in which the ends move sideways [pixel], and how many times at most. */
  private static final double[] STEPS = {1, 0.5, 0.2, 0.05};

  private static final int MOST_STEPS = 10;

  /** Parts begin and end at so many places, then row by row. */
  private static final int PLACES = 128;

  /** A path below this share of the threshold after its first round will not reach it. */
  private static final double HOPELESS = 0.95;

  /** Where the light across a streak ends: its S/N, and a rise that is another streak's. */
  private static final double FAINT = 4;

  private static final double RISE = 1.2;
  private static final int FARTHEST = 100;

  private final PathFrame frame;
  private final PathNoise noise;
  private final double leastWeight;
  private final double threshold;

  /** The line runs from column {@code from} at row {@code first} to {@code to} at {@code last}. */
  private double from;

  private double to;
  private int first;
  private int last;

  /** Σ J and Σ K of the line. */
  private double signal;

  private double weight;

  /** Running sums of J and K along the line, for parts of it. */
  private double[] signals;

  private double[] weights;

  /**
   * A path to begin with.
   *
   * @param leastWeight Σ K that a part needs: next to bad pixels a few pixels of a bright star's
   *     wing would seem significant
   * @param threshold least S/N
   */
  StreakRefiner(PathCandidate path, PathNoise noise, double leastWeight, double threshold) {
    this.leastWeight = leastWeight;
    this.threshold = threshold;
    this.frame = path.frame();
    this.noise = noise;
    first = path.firstRow();
    last = path.lastRow();
    from = path.column();
    to = path.lastColumn();
  }

  /** The streak, with the PSF's width for its cross-section; null if it is below the threshold. */
  Streak refine(double psfSigma) {
    boolean changed = true;
    for (int round = 0; changed && round < ROUNDS; round++) {
      moveSideways();
      changed = choosePart();
      sum(from, to);
      if (significance() < HOPELESS * threshold) {
        return null;
      }
    }
    moveSideways();
    sum(from, to);
    double significance = significance();
    if (!(significance >= threshold)) {
      return null;
    }
    double slope = slope();
    double flux = signal / Math.hypot(1, slope) / (noise.ofLine(slope) * weight);
    double x1 = frame.x(from, first);
    double y1 = frame.y(from, first);
    double x2 = frame.x(to, last);
    double y2 = frame.y(to, last);
    double angle = Math.toDegrees(Math.atan2(y2 - y1, x2 - x1));
    if (angle <= -90) {
      angle += 180;
    } else if (angle > 90) {
      angle -= 180;
    }
    return new Streak(x1, y1, x2, y2, significance, flux, angle, fwhm(psfSigma));
  }

  /** S/N of the sums. */
  private double significance() {
    return weight > 0 ? signal / Math.sqrt(noise.ofLine(slope()) * weight) : 0;
  }

  private double slope() {
    return last == first ? 0 : (to - from) / (last - first);
  }

  /** Moves either end to where the line has the largest S/N. */
  private void moveSideways() {
    for (double step : STEPS) {
      boolean moved = true;
      for (int tries = 0; moved && tries < MOST_STEPS; tries++) {
        moved = moveOnce(step);
      }
    }
  }

  private boolean moveOnce(double step) {
    double bestFrom = from;
    double bestTo = to;
    double best = quality(from, to);
    for (int i = -1; i <= 1; i++) {
      for (int j = -1; j <= 1; j++) {
        double quality = quality(from + i * step, to + j * step);
        if (quality > best * (1 + 1e-9)) {
          best = quality;
          bestFrom = from + i * step;
          bestTo = to + j * step;
        }
      }
    }
    boolean moved = bestFrom != from || bestTo != to;
    from = bestFrom;
    to = bestTo;
    return moved;
  }

  /** Square of S/N but for the noise of the direction, which hardly changes; 0 where negative. */
  private double quality(double a, double b) {
    sum(a, b);
    return signal > 0 && weight > 0 ? signal * signal / weight : 0;
  }

  private void sum(double a, double b) {
    signal = 0;
    weight = 0;
    double slope = last == first ? 0 : (b - a) / (last - first);
    for (int row = first; row <= last; row++) {
      double column = a + (row - first) * slope;
      signal += frame.at(frame.image().smoothSignal, column, row);
      weight += frame.at(frame.image().smoothWeight, column, row);
    }
  }

  /**
   * Takes the part with the largest S/N of the line made longer by its own length on either side.
   *
   * @return whether another part is better than the one there was
   */
  private boolean choosePart() {
    int reach = Math.max(8, last - first + 1);
    int begin = Math.max(0, first - reach);
    int end = Math.min(frame.height() - 1, last + reach);
    double slope = slope();
    int rows = end - begin + 1;
    signals = new double[rows + 1];
    weights = new double[rows + 1];
    for (int k = 0; k < rows; k++) {
      double column = from + (begin + k - first) * slope;
      signals[k + 1] = signals[k] + frame.at(frame.image().smoothSignal, column, begin + k);
      weights[k + 1] = weights[k] + frame.at(frame.image().smoothWeight, column, begin + k);
    }
    int step = (rows + PLACES - 1) / PLACES;
    int[] part = bestPart(0, rows, 0, rows, step, new int[] {first - begin, last + 1 - begin});
    part = bestPart(part[0] - step, part[0] + step, part[1] - step, part[1] + step, 1, part);
    boolean changed = begin + part[0] != first || begin + part[1] - 1 != last;
    double origin = from - first * slope;
    first = begin + part[0];
    last = begin + part[1] - 1;
    from = origin + first * slope;
    to = origin + last * slope;
    return changed;
  }

  /** The best of parts that begin and end within limits, and of one to begin with. */
  private int[] bestPart(
      int leastBegin, int mostBegin, int leastEnd, int mostEnd, int step, int[] start) {
    int[] best = start;
    double most = quality(start[0], start[1]);
    int rows = signals.length - 1;
    for (int i = Math.max(0, leastBegin); i <= Math.min(rows, mostBegin); i += step) {
      for (int k = Math.max(i + 1, leastEnd); k <= Math.min(rows, mostEnd); k += step) {
        double quality = quality(i, k);
        if (quality > most) {
          most = quality;
          best = new int[] {i, k};
        }
      }
    }
    return best;
  }

  /** Square of a part's S/N but for the noise of the direction; 0 where it cannot be chosen. */
  private double quality(int begin, int end) {
    double s = signals[end] - signals[begin];
    double w = weights[end] - weights[begin];
    return s > 0 && w > 0 && w >= leastWeight ? s * s / w : 0;
  }

  /**
   * Distance from the line [pixel] beyond which none of its light is seen: where the sum along a
   * parallel line is no longer significant, or grows again.
   */
  double reach() {
    double cosine = 1 / Math.hypot(1, slope());
    return cosine * Math.max(reach(1), reach(-1));
  }

  private int reach(int side) {
    double least = Double.POSITIVE_INFINITY;
    for (int k = 1; k < FARTHEST; k++) {
      sum(from + side * k, to + side * k);
      double now = significance();
      if (now < FAINT || now > RISE * least + FAINT) {
        return k;
      }
      least = Math.min(least, now);
    }
    return FARTHEST;
  }

  /**
   * Width from the second moment of J across the line. J is smoothed with the PSF once more, which
   * is taken off; a window of twice the PSF's σ keeps noise out.
   */
  private double fwhm(double psfSigma) {
    if (psfSigma == 0) {
      return Double.NaN;
    }
    double window = 2 * psfSigma;
    double cosine = 1 / Math.hypot(1, slope());
    double sum = 0;
    double second = 0;
    int reach = (int) Math.ceil(3 * window / cosine);
    for (int k = -2 * reach; k <= 2 * reach; k++) {
      double shift = 0.5 * k;
      sum(from + shift, to + shift);
      double across = shift * cosine;
      double weighted =
          weight > 0 ? signal / weight * Math.exp(-0.5 * across * across / (window * window)) : 0;
      sum += weighted;
      second += weighted * across * across;
    }
    double moment = second / sum;
    double smoothed = moment * window * window / (window * window - moment);
    double variance = smoothed - psfSigma * psfSigma;
    boolean measured = moment > 0 && moment < window * window && variance > 0;
    return measured ? 2 * Math.sqrt(2 * Math.log(2) * variance) : Double.NaN;
  }
}
