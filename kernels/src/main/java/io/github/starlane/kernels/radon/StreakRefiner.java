package io.github.starlane.kernels.radon;

/**
 * Makes a streak of a path: a straight line whose ends move sideways, and the part of it that has
 * the largest S/N, in turns, each time on a line that reaches farther, until nothing changes.
 */
final class StreakRefiner {

  private static final int ROUNDS = 8;

  /** Steps in which the ends move sideways [pixel], and how many each way. */
  private static final double[] STEPS = {0.5, 0.2, 0.05};

  private static final int REACH = 3;

  private final PathFrame frame;
  private final PathNoise noise;
  private final double leastWeight;

  /** The line runs from column {@code from} at row {@code first} to {@code to} at {@code last}. */
  private double from;

  private double to;
  private int first;
  private int last;

  /** Σ J and Σ K of the line. */
  private double signal;

  private double weight;

  /**
   * A path to begin with.
   *
   * @param leastWeight Σ K that a part needs: next to bad pixels a few pixels of a bright star's
   *     wing would seem significant
   */
  StreakRefiner(PathCandidate path, PathNoise noise, double leastWeight) {
    this.leastWeight = leastWeight;
    this.frame = path.frame();
    this.noise = noise;
    first = path.firstRow();
    last = Math.min(frame.height(), first + path.rows()) - 1;
    from = path.column();
    to = from + PathSums.offset(path.rows(), path.shift(), last - first);
  }

  /** The streak, with the PSF's width for its cross-section. */
  Streak refine(double psfSigma) {
    if (last == first) {
      to = from;
    }
    for (int round = 0; round < ROUNDS; round++) {
      moveSideways();
      if (!choosePart()) {
        break;
      }
    }
    moveSideways();
    sum(from, to);
    double slope = slope();
    double perPixel = noise.ofLine(slope);
    double cosine = 1 / Math.hypot(1, slope);
    double significance = signal / Math.sqrt(perPixel * weight);
    double flux = signal * cosine / (perPixel * weight);
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

  private double slope() {
    return last == first ? 0 : (to - from) / (last - first);
  }

  /** Moves either end to where the line has the largest S/N. */
  private void moveSideways() {
    for (double step : STEPS) {
      boolean moved = true;
      for (int tries = 0; moved && tries < 10; tries++) {
        moved = moveOnce(step);
      }
    }
  }

  private boolean moveOnce(double step) {
    double bestFrom = from;
    double bestTo = to;
    double best = quality(from, to);
    for (int i = -REACH; i <= REACH; i++) {
      for (int j = -REACH; j <= REACH; j++) {
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
      signal += frame.at(frame.signal(), column, row);
      weight += frame.at(frame.weight(), column, row);
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
    double[] signals = new double[end - begin + 2];
    double[] weights = new double[end - begin + 2];
    for (int row = begin; row <= end; row++) {
      double column = from + (row - first) * slope;
      int k = row - begin;
      signals[k + 1] = signals[k] + frame.at(frame.signal(), column, row);
      weights[k + 1] = weights[k] + frame.at(frame.weight(), column, row);
    }
    double best = 0;
    int bestFirst = first;
    int bestLast = last;
    for (int i = 0; i < signals.length - 1; i++) {
      for (int k = i + 1; k < signals.length; k++) {
        double s = signals[k] - signals[i];
        double w = weights[k] - weights[i];
        if (s > 0 && w >= leastWeight && s * s > best * w) {
          best = s * s / w;
          bestFirst = begin + i;
          bestLast = begin + k - 1;
        }
      }
    }
    boolean changed = bestFirst != first || bestLast != last;
    double origin = from - first * slope;
    first = bestFirst;
    last = bestLast;
    from = origin + first * slope;
    to = origin + last * slope;
    return changed;
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
