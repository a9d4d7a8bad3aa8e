package io.github.starlane.kernels.radon;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.ArrayList;
import java.util.List;

/** The search for streaks, over and over until all that is left is faint. */
final class StreakSearch {

  private static final int SHORTEST = 4;

  /** Searches per streak asked for: some find a group of stars, too short to be a streak. */
  private static final int TRIES = 3;

  /** A streak's part has this share of the weight of the shortest streak. */
  private static final double LEAST_PART = 0.25;

  private final RowSums rowSums;
  private final RadonParameters parameters;
  private final int bin;
  private final int shortest;

  /** Of the streaks' cross-section, in binned pixels. */
  private final double sigma;

  private final PsfProfile psf;
  private final List<Streak> streaks = new ArrayList<>();
  private StreakImage image;
  private PathNoise noise;

  /**
   * A search.
   *
   * @throws IllegalArgumentException if the parameters make no sense
   */
  StreakSearch(RowSums rowSums, RadonParameters parameters) {
    this.rowSums = rowSums;
    this.parameters = parameters;
    bin = parameters.binning();
    if (bin < 1) {
      throw new IllegalArgumentException("a binning of " + bin);
    }
    shortest = parameters.shortest() / bin;
    if (shortest < SHORTEST) {
      throw new IllegalArgumentException("a shortest streak of " + parameters.shortest());
    }
    double square = parameters.psfSigma() * parameters.psfSigma();
    sigma =
        parameters.psfSigma() > 0 ? Math.sqrt(square + squareOfBin()) / bin : parameters.psfSigma();
    psf = new PsfProfile(sigma);
  }

  /** Variance of a place within a binned pixel over that within a pixel. */
  private double squareOfBin() {
    return (bin * bin - 1) / 12.0;
  }

  List<Streak> find(Plane plane, Plane variance, MaskPlane mask) {
    image = new StreakImage(plane, variance, mask, psf, parameters.badBits(), bin, rowSums);
    if (image.width < 2 || image.height < 2) {
      return streaks;
    }
    noise = new PathNoise(psf, PathSearch.levels(Math.max(image.width, image.height)));
    boolean again = parameters.mostStreaks() > 0;
    for (long k = 0; again && k < (long) TRIES * parameters.mostStreaks(); k++) {
      again = searchOnce();
    }
    return streaks;
  }

  /** Whether another search may find more. */
  private boolean searchOnce() {
    StarMask.apply(image, psf, parameters.starLimit(), shortest);
    PathSearch search = new PathSearch(rowSums, noise, parameters.threshold(), shortest);
    PathCandidates candidates = search.run(image);
    double leastWeight = LEAST_PART * shortest * image.meanWeight();
    boolean found = false;
    boolean erased = false;
    for (PathCandidate path : candidates.distinct()) {
      if (erased) {
        // Again after each streak: a star that touched it was taken for a part of it.
        StarMask.apply(image, psf, parameters.starLimit(), shortest);
      }
      erased = take(path, leastWeight);
      found |= erased;
      if (streaks.size() >= parameters.mostStreaks()) {
        return false;
      }
    }
    return found && !candidates.complete();
  }

  /** Whether the path became a streak that has lost its weight. */
  private boolean take(PathCandidate path, double leastWeight) {
    StreakRefiner refiner = new StreakRefiner(path, noise, leastWeight, parameters.threshold());
    Streak streak = refiner.refine(sigma);
    if (streak == null) {
      return false;
    }
    if (streak.length() >= shortest) {
      streaks.add(unbinned(streak));
    }
    image.erase(streak, Math.max(Math.max(2, 4 * sigma), refiner.reach()) + 1);
    return true;
  }

  private Streak unbinned(Streak streak) {
    double half = (bin - 1) / 2.0;
    double square = bin * bin * streak.fwhm() * streak.fwhm() - 8 * Math.log(2) * squareOfBin();
    return new Streak(
        bin * streak.x1() + half,
        bin * streak.y1() + half,
        bin * streak.x2() + half,
        bin * streak.y2() + half,
        streak.signalToNoise(),
        bin * streak.fluxPerLength(),
        streak.angle(),
        square > 0 ? Math.sqrt(square) : Double.NaN);
  }
}
