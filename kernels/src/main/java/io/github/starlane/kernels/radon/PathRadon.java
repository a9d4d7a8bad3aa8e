package io.github.starlane.kernels.radon;

import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the CPU versions share; they differ in how they sum and compare rows. */
abstract class PathRadon implements Radon {

  private static final int SHORTEST = 4;

  /** Searches per streak asked for: some find a group of stars, too short to be a streak. */
  private static final int TRIES = 3;

  /** A streak's part has this share of the weight of the shortest streak. */
  private static final double LEAST_PART = 0.25;

  abstract RowSums rowSums();

  @Override
  public final List<Streak> find(
      Plane image, Plane variance, MaskPlane mask, RadonParameters parameters) {
    Shapes.requireSize("the variance", variance, image.width(), image.height());
    Shapes.requireSize("the mask", mask, image.width(), image.height());
    if (parameters.shortest() < SHORTEST) {
      throw new IllegalArgumentException("a shortest streak of " + parameters.shortest());
    }
    List<Streak> streaks = new ArrayList<>();
    if (image.width() < 2 || image.height() < 2) {
      return streaks;
    }
    PsfProfile psf = new PsfProfile(parameters.psfSigma());
    StreakImage working = new StreakImage(image, variance, mask, psf, parameters.badBits());
    int levels = PathSearch.levels(Math.max(image.width(), image.height()));
    PathNoise noise = new PathNoise(psf, levels);
    PathSearch search = new PathSearch(rowSums(), noise, parameters);
    double halfWidth = Math.max(2, 4 * parameters.psfSigma()) + 1;
    for (long k = 0; k < (long) TRIES * parameters.mostStreaks(); k++) {
      // Again after each streak: a star that touched it was taken for a part of it.
      StarMask.apply(working, psf, parameters.starLimit(), parameters.shortest());
      PathCandidate path = search.best(working);
      Streak streak = path == null ? null : refined(path, noise, working.meanWeight(), parameters);
      if (streak == null || !(streak.signalToNoise() >= parameters.threshold())) {
        break;
      }
      if (streak.length() >= parameters.shortest()) {
        streaks.add(streak);
      }
      if (streaks.size() >= parameters.mostStreaks()) {
        break;
      }
      working.erase(streak, halfWidth);
    }
    return streaks;
  }

  private static Streak refined(
      PathCandidate path, PathNoise noise, double meanWeight, RadonParameters parameters) {
    double leastWeight = LEAST_PART * parameters.shortest() * meanWeight;
    return new StreakRefiner(path, noise, leastWeight).refine(parameters.psfSigma());
  }

  @Override
  public final PathSums transform(Plane image) {
    int width = image.width();
    int height = image.height();
    if (width < 1 || height < 1 || height > LARGEST_STRIP) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "no transform of %d x %d pixels", width, height));
    }
    float[] pixels = HostPlane.pixels(image);
    int levels = PathSearch.levels(height);
    int rows = 1 << levels;
    int stride = width + rows - 1;
    float[] sums = new float[rows * stride];
    StripSums.RowListener listener =
        (level, firstRow, shift, first, signal, weight, from, to) -> {
          if (level == levels) {
            System.arraycopy(
                signal,
                to - width - shift,
                sums,
                (shift + 1) * stride - width - shift,
                width + shift);
          }
        };
    PathFrame frame = new PathFrame(width, height, pixels, pixels, false, false);
    new StripSums(frame, levels, rowSums(), listener).run();
    return new PathSums(rows, width, sums);
  }
}
