package io.github.starlane.core.streak;

import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.radon.Band;
import io.github.starlane.kernels.radon.LinePixels;
import java.util.Arrays;
import java.util.List;

/**
 * Measures a line of light on the pixels themselves: the cross-section by least squares, the ends
 * by the likelihood of the light along it, in turns.
 *
 * <p>The place where a streak of S/N s and length L ends cannot be known better than to √26 L / s²
 * (the spread of a change point, Yao 1987, Ann. Statist. 15, 1321), and where this is less than the
 * PSF's width, than its blur allows.
 */
final class StreakFitter {

  /** A line is looked at this far beyond its ends: a share of its length, and pixels. */
  private static final double BEYOND = 0.5;

  private static final double LEAST_BEYOND = 40;
  private static final int ATTEMPTS = 5;
  private static final int ROUNDS = 5;

  /** Half-widths of what is looked at [FWHM], and the widest streak [pixel]. */
  private static final double HALF_WIDTH = 4;

  private static final double WIDEST = 60;

  /** An end that is known better than this is fitted with the PSF's blur [FWHM]. */
  private static final double SHARP = 2;

  /** From this S/N on wings of the cross-section are fitted; else it is Gaussian. */
  private static final double WINGS_LIMIT = 50;

  /** The ends are blurred by the PSF and left out of the fit, but no more than this share each. */
  private static final double MOST_BLURRED = 0.1;

  /** A line below this share of the threshold after its second round will not reach it. */
  private static final double HOPELESS = 0.85;

  /**
   * Pixels that may be looked at, again and again, in units of those of the image. Ten streaks from
   * edge to edge take 2; a nebula, or the pattern of a colour sensor, would take hundreds.
   */
  private static final double MOST_WORK = 12;

  /** χ² of the cross-section is that within this distance [FWHM]. */
  private static final double CORE = 1.5;

  private final Backend backend;
  private final Plane residual;
  private final Plane variance;
  private final MaskPlane mask;
  private final double psfFwhm;
  private final double threshold;
  private long work;

  StreakFitter(
      Backend backend,
      Plane residual,
      Plane variance,
      MaskPlane mask,
      double psfFwhm,
      double threshold) {
    this.backend = backend;
    this.residual = residual;
    this.variance = variance;
    this.mask = mask;
    this.psfFwhm = psfFwhm;
    this.threshold = threshold;
  }

  /** Whether lines have taken so much work that what there is cannot be streaks. */
  boolean isExhausted() {
    return work > MOST_WORK * residual.width() * residual.height();
  }

  /**
   * Measures a line.
   *
   * @param guess where it is, about
   * @param others whose pixels are left out
   * @return null if there is no line of light
   */
  MeasuredStreak measure(Band guess, List<Band> others) {
    double halfWidth = HALF_WIDTH * psfFwhm + 2;
    double beyond = Math.max(LEAST_BEYOND, BEYOND * guess.length());
    MeasuredStreak best = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ClippedLine line =
          ClippedLine.extend(guess, beyond, halfWidth, residual.width(), residual.height());
      Attempt now = line == null || isExhausted() ? null : new Attempt(line, guess, others);
      boolean good = now != null && now.run();
      work += now == null ? 0 : now.fit.work();
      if (!good) {
        return best;
      }
      best = now.measured();
      boolean wide = LineFit.RADIUS * now.fit.fwhm() > halfWidth && halfWidth < WIDEST;
      if (!wide && !now.runsOn()) {
        return best;
      }
      halfWidth = wide ? Math.min(WIDEST, 2 * halfWidth) : halfWidth;
      beyond = now.runsOn() ? 2 * beyond : beyond;
    }
    return best;
  }

  /** One look at the pixels within some distance. */
  private final class Attempt {
    private final ClippedLine clipped;
    private final Band line;
    private final LinePixels pixels;
    private final boolean[] used;

    /** Pixels that are no other line's. */
    private final boolean[] own;

    private final LineFit fit;
    private int[] part;
    private AlongProfile profile;
    private double[] ends;

    Attempt(ClippedLine clipped, Band guess, List<Band> others) {
      this.clipped = clipped;
      line = clipped.line();
      pixels = backend.radon().pixels(residual, variance, mask, MaskBit.bad(), line);
      used = new boolean[pixels.count()];
      Arrays.fill(used, true);
      for (Band other : others) {
        leaveOut(other);
      }
      own = used.clone();
      int count = (int) Math.ceil(line.length());
      double a = line.along(guess.x1(), guess.y1());
      double b = line.along(guess.x2(), guess.y2());
      int from = (int) Math.clamp(Math.min(a, b), 0, count - 1.0);
      int to = (int) Math.clamp(Math.max(a, b), from + 1.0, count);
      part = new int[] {from, to};
      fit = new LineFit(pixels, (a + b) / 2, psfFwhm, line.halfWidth());
    }

    private void leaveOut(Band other) {
      for (int i = 0; i < used.length; i++) {
        double u = pixels.along()[i];
        used[i] &= !other.contains(x(u, pixels.across()[i]), y(u, pixels.across()[i]));
      }
    }

    private double x(double along, double across) {
      double length = line.length();
      return line.x1()
          + (along * (line.x2() - line.x1()) - across * (line.y2() - line.y1())) / length;
    }

    private double y(double along, double across) {
      double length = line.length();
      return line.y1()
          + (along * (line.y2() - line.y1()) + across * (line.x2() - line.x1())) / length;
    }

    /** Cross-section and part in turns; false if there is no line. */
    boolean run() {
      for (int round = 0; round < ROUNDS; round++) {
        boolean bright = round > 1 && profile.signalToNoise(part[0], part[1]) > WINGS_LIMIT;
        double blurred = Math.min(fit.fwhm(), MOST_BLURRED * (part[1] - part[0]));
        if (!fit.fit(part[0] + blurred, part[1] - blurred, used, bright)) {
          return false;
        }
        profile = AlongProfile.of(pixels, own, fit, line.length());
        dropOutliers();
        int[] next = profile.brightestPart(part);
        boolean same = Arrays.equals(next, part) && round > 2;
        part = next;
        boolean hopeless =
            round > 0 && profile.signalToNoise(part[0], part[1]) < HOPELESS * threshold;
        if (hopeless) {
          return false;
        }
        if (same) {
          break;
        }
      }
      if (!(profile.flux(part[0], part[1]) > 0)) {
        return false;
      }
      ends = profile.ends();
      return true;
    }

    private void dropOutliers() {
      boolean[] places = profile.outliers(profile.flux(part[0], part[1]), part);
      int neighbours = (int) Math.ceil(psfFwhm);
      profile.drop(places, neighbours);
      for (int i = 0; i < used.length; i++) {
        int k = Math.min(places.length - 1, (int) pixels.along()[i]);
        used[i] = own[i] && profile.weight[k] > 0;
      }
    }

    /** Whether the light may go on beyond what was looked at. */
    boolean runsOn() {
      return (profile.mayRunOn(part, -1) && !clipped.firstAtEdge())
          || (profile.mayRunOn(part, 1) && !clipped.secondAtEdge());
    }

    MeasuredStreak measured() {
      StreakEnd first = end(ends[0], ends[1], -1, clipped.firstAtEdge());
      StreakEnd second = end(ends[2], ends[3], 1, clipped.secondAtEdge());
      boolean turned = first.x() > second.x();
      Streak streak =
          new Streak(
              turned ? second : first,
              turned ? first : second,
              fit.fwhm(),
              fit.fwhmError(),
              profile.signalToNoise(part[0], part[1]),
              fit.flux(),
              fit.fluxError(),
              fit.reducedChiSquare(CORE),
              StreakKind.STREAK);
      AlongProfile whole = AlongProfile.of(pixels, own, fit, line.length());
      return new MeasuredStreak(streak, line, whole, part);
    }

    private StreakEnd end(double likely, double deviation, int side, boolean edge) {
      boolean atEdge = edge && profile.mayRunOn(part, side);
      double place = atEdge ? (side > 0 ? line.length() : 0) : likely;
      double error = deviation;
      if (!atEdge && deviation < SHARP * psfFwhm) {
        double sigma = psfFwhm / (2 * Math.sqrt(2 * Math.log(2)));
        double[] better = profile.blurredEnd(likely, deviation, side, fit.flux(), sigma);
        place = better[0];
        error = better[1];
      }
      double across = fit.offset(place);
      double acrossError = fit.offsetError(place);
      double dx = (line.x2() - line.x1()) / line.length();
      double dy = (line.y2() - line.y1()) / line.length();
      return new StreakEnd(
          x(place, across),
          y(place, across),
          Math.hypot(error * dx, acrossError * dy),
          Math.hypot(error * dy, acrossError * dx),
          atEdge);
    }
  }
}
