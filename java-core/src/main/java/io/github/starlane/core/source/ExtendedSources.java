package io.github.starlane.core.source;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.psf.PsfFlag;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.psffit.PsfFitResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the galaxies among the sources of an image, where all have been fitted as stars.
 *
 * <ol>
 *   <li>Candidates are sources whose matched filter with the broadened PSF says more than that of a
 *       star does.
 *   <li>From the brightest on each is examined ({@link GalaxyExaminer}) if it is significantly
 *       broader than a star ({@link SpreadMeasurement}) or has near neighbours, which may be
 *       fragments of the same galaxy. Moments ({@link AdaptiveMoments}) give the ellipse. Where the
 *       stars leave no more than noise, and are not too many, no more is looked at. {@link
 *       GalaxyProfile} or, near the PSF's size, {@link CompactGalaxy} the smooth light; what stands
 *       out of it is a star ({@link StarContrast}), the rest are fragments.
 *   <li>The galaxy must explain the light better than the stars that it replaces ({@link
 *       GalaxyHypothesis}).
 *   <li>Fragments are dropped; the stars on a galaxy are fitted again where its smooth light has
 *       been taken off, the galaxy itself at the centre of its moments where all stars have been
 *       taken off ({@link GalaxyRefit}).
 * </ol>
 *
 * <p>{@link ExtendedMeasurement} measures what is found, {@link DiffuseLight} keeps nebulae from
 * coming here as thousands of sources.
 */
final class ExtendedSources {
  /** A star's S/N with the broadened PSF may be so many σ … */
  private static final double CANDIDATE = 4;

  /** … and by this factor above what its S/N with the PSF makes expect. */
  private static final double LEAST_RATIO = 1.03;

  /** What is no broader than a star by this factor is a star at first. */
  private static final double STELLAR_RATIO = 1.1;

  /** A lone source is extended if its spread is so many σ, the floor included. */
  private static final double EXTENDED = 5;

  /** A fit is bad if its χ² is so many σ too large. */
  private static final double BAD_FIT = 2;

  /** Spread that the PSF's own error may cause, at least; if the PSF was assumed. */
  private static final double LEAST_FLOOR = 0.02;

  private static final double ASSUMED_FLOOR = 0.1;

  private static final double BRIGHT = 100;
  private static final int MOST_BRIGHT = 300;
  private static final int LEAST_BRIGHT = 5;
  private static final int FLAG_RADIUS = 3;

  /**
   * If more candidates than this have no edge, and more than there are galaxies, it is a nebula.
   */
  private static final int MOST_RUNAWAYS = 30;

  /** Pixels that may be looked at: this many, and so many times those of the image. */
  private static final double LEAST_WORK = 1e7;

  private static final double MOST_WORK = 3;

  private final Backend backend;
  private final SourceSettings settings;
  private final SourceImage image;
  private final SkyModel sky;
  private final Psf psf;
  private final BroadenedPsf broadened;
  private final double cosine;

  /** A finder of galaxies. */
  ExtendedSources(
      Backend backend,
      SourceSettings settings,
      SourceImage image,
      SkyModel sky,
      Psf psf,
      BroadenedPsf broadened) {
    this.backend = backend;
    this.settings = settings;
    this.image = image;
    this.sky = sky;
    this.psf = psf;
    this.broadened = broadened;
    this.cosine = Math.sqrt(broadened.projection());
  }

  /**
   * What there is.
   *
   * @param sources of which fragments have been dropped, and their fit
   * @param galaxies which of them are galaxies
   * @param floor spread that the PSF's own error may cause
   */
  record Result(SourceFinder.Found sources, List<Galaxy> galaxies, double floor) {}

  /**
   * Separates galaxies from stars.
   *
   * @param found sources, which are changed
   * @param remarks receives a sentence if there is a nebula
   * @param residual what they leave over, which is changed with them
   */
  Result separate(SourceFinder.Found found, Residual residual, List<String> remarks) {
    SourceList sources = found.sources();
    PsfFitResult fit = found.fit();
    double floor = floor(fit, residual);
    List<Galaxy> galaxies = galaxies(sources, fit, residual, floor, remarks);
    if (galaxies.isEmpty()) {
      return new Result(found, galaxies, floor);
    }
    BitSet dropped = new BitSet();
    for (Galaxy galaxy : galaxies) {
      dropped.or(galaxy.fragments());
    }
    PsfFitResult gone = FitRows.select(fit, dropped.stream().toArray());
    int[] left = IntStream.range(0, sources.count()).filter(i -> !dropped.get(i)).toArray();
    sources.keep(left);
    fit = FitRows.select(fit, left);
    List<Galaxy> renumbered = galaxies.stream().map(g -> renumbered(g, left)).toList();
    residual.putBack(gone);
    GalaxyRefit refit = new GalaxyRefit(backend, settings, image, sky, psf);
    refit.fit(sources, fit, renumbered, gone, residual);
    return new Result(new SourceFinder.Found(sources, fit, found.lines()), renumbered, floor);
  }

  private static Galaxy renumbered(Galaxy galaxy, int[] left) {
    BitSet stars = new BitSet();
    galaxy.stars().stream()
        .map(i -> Arrays.binarySearch(left, i))
        .filter(i -> i >= 0)
        .forEach(stars::set);
    int source = Arrays.binarySearch(left, galaxy.source());
    return new Galaxy(
        source, galaxy.ellipse(), galaxy.extent(), galaxy.light(), new BitSet(), stars);
  }

  /** By how many σ a peak is broader than a star. */
  private double broader(double broad, double star) {
    return (broad - cosine * star) / Math.sqrt(1 - cosine * cosine);
  }

  /** Robust rms of the spread of bright sources, most of which are stars. */
  private double floor(PsfFitResult fit, Residual residual) {
    int[] bright =
        IntStream.range(0, fit.x().length)
            .filter(i -> fit.flux()[i] > BRIGHT * fit.fluxError()[i])
            .limit(MOST_BRIGHT)
            .toArray();
    double least = psf.shape().flags().contains(PsfFlag.ASSUMED) ? ASSUMED_FLOOR : LEAST_FLOOR;
    if (bright.length < LEAST_BRIGHT) {
      return least;
    }
    double[] spread = spread(fit, bright, residual).spread();
    return Math.max(
        least,
        Statistics.SIGMA_PER_MAD
            * Statistics.median(Arrays.stream(spread).filter(Double::isFinite).map(Math::abs)));
  }

  private static boolean isBadlyFitted(PsfFitResult fit, int i) {
    double n = fit.degreesOfFreedom()[i];
    return fit.chiSquare()[i] - n > BAD_FIT * Math.sqrt(2 * n);
  }

  private SpreadMeasurement.Spread spread(PsfFitResult fit, int[] chosen, Residual residual) {
    return SpreadMeasurement.measure(
        pick(fit.x(), chosen),
        pick(fit.y(), chosen),
        pick(fit.flux(), chosen),
        residual,
        broadened);
  }

  private List<Galaxy> galaxies(
      SourceList sources, PsfFitResult fit, Residual residual, double floor, List<String> remarks) {
    int[] bits = backend.toHost(image.frame().mask());
    int[] candidates = candidates(sources, fit, bits);
    SpreadMeasurement.Spread spread = spread(fit, candidates, residual);
    GalaxyExaminer examiner =
        new GalaxyExaminer(backend, residual, bits, psf, sources, stellar(sources));
    BitSet taken = new BitSet();
    List<Galaxy> galaxies = new ArrayList<>();
    double allowed = LEAST_WORK + MOST_WORK * image.width() * image.height();
    for (int k = 0; k < candidates.length; k++) {
      int i = candidates[k];
      boolean extended = spread.spread()[k] > EXTENDED * Math.hypot(spread.error()[k], floor);
      boolean worth =
          !taken.get(i) && (extended || examiner.hasNeighbours(i, isBadlyFitted(fit, i)));
      Galaxy galaxy = worth ? examiner.examine(i, extended, taken) : null;
      if (examiner.runaways() > MOST_RUNAWAYS + galaxies.size() || examiner.work() > allowed) {
        remarks.add(
            "light without an edge in many places, as of a nebula: not all candidates for"
                + " galaxies are examined");
        break;
      }
      // The light may be that of a saturated star, the source a fragment of it farther out.
      if (galaxy != null && !isNoGalaxy(galaxy.ellipse().x(), galaxy.ellipse().y(), bits)) {
        galaxies.add(galaxy);
        taken.set(galaxy.source());
        taken.or(galaxy.fragments());
        taken.or(galaxy.stars());
      }
    }
    return galaxies;
  }

  /** Sources that are broader than stars, the brightest first. */
  private int[] candidates(SourceList sources, PsfFitResult fit, int[] bits) {
    double[] broad = sources.broadSignalToNoise();
    double[] star = sources.psfSignalToNoise();
    return IntStream.range(0, broad.length)
        .filter(i -> fit.flux()[i] > 0 && Double.isFinite(fit.x()[i]))
        .filter(i -> broad[i] > LEAST_RATIO * cosine * star[i])
        .filter(i -> broader(broad[i], star[i]) > CANDIDATE)
        .filter(i -> !isNoGalaxy(fit.x()[i], fit.y()[i], bits))
        .boxed()
        .sorted((a, b) -> Double.compare(broad[b], broad[a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Sources that are no broader than stars. */
  private BitSet stellar(SourceList sources) {
    double[] broad = sources.broadSignalToNoise();
    double[] star = sources.psfSignalToNoise();
    BitSet stellar = new BitSet();
    for (int i = 0; i < broad.length; i++) {
      stellar.set(i, !(broad[i] > STELLAR_RATIO * cosine * star[i]));
    }
    return stellar;
  }

  /** Charge that overflowed, and streaks, are broader than stars, too. */
  private boolean isNoGalaxy(double x, double y, int[] bits) {
    int wrong = MaskBit.of(MaskBit.SATURATED, MaskBit.NON_LINEAR, MaskBit.BLEEDING, MaskBit.STREAK);
    int column = (int) Math.round(x);
    int row = (int) Math.round(y);
    for (int v = Math.max(0, row - FLAG_RADIUS);
        v <= Math.min(image.height() - 1, row + FLAG_RADIUS);
        v++) {
      for (int u = Math.max(0, column - FLAG_RADIUS);
          u <= Math.min(image.width() - 1, column + FLAG_RADIUS);
          u++) {
        if ((bits[v * image.width() + u] & wrong) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static double[] pick(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }
}
