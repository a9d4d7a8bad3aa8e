package io.github.starlane.core.source;

import io.github.starlane.core.PositionIndex;
import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.psffit.Stars;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides whether the light around a source is that of a galaxy, and which of the sources near it
 * are fragments of the galaxy.
 *
 * <p>The light is what all stars leave over plus the sources in question. Its adaptive moments give
 * an ellipse, the medians along it a smooth profile. A source inside of the ellipse is a star if
 * the PSF finds more light above the profile than noise, and the scatter of the galaxy's own light
 * around the profile over the area of a PSF, explain; all others are fragments. The ellipse is
 * measured again without the stars until nothing changes.
 *
 * <p>What results is compared with the stars that it would replace ({@link GalaxyHypothesis}).
 */
final class GalaxyExaminer {
  /** Sources nearer than this may be fragments of the same galaxy to begin with [FWHM]. */
  private static final double LINK = 2;

  /**
   * Sources inside of so many times the ellipse belong to the galaxy or are stars on it; inside of
   * more if its light can be seen farther out.
   */
  private static final double MEMBERS = 4;

  /** Light per pixel that is seen [σ]. */
  private static final double SEEN = 0.12;

  private static final double EXTENT_STEP = 0.25;

  /** What stands out of a galaxy by so many σ is a star. */
  private static final double STAR = 4;

  /** Light within so many FWHM of a source shows whether it is a star. */
  private static final double CONTRAST_RADIUS = 1.5;

  /** Galaxies smaller than this are seen through the PSF above all [FWHM]. */
  private static final double COMPACT = 1.3;

  /** A seed farther from the centre than this is a star beside a galaxy [FWHM]. */
  private static final double OFF_CENTRE = 0.7;

  /** Galaxies not much larger than the PSF are drawn with so much of it [FWHM]. */
  private static final double CORE = 3.2;

  /** Narrower than this along the minor axis is no wider than a star. */
  private static final double THIN = 1.07;

  private static final double FWHM_PER_SIGMA = 2.3548;

  private static final int PASSES = 8;

  /** Largest half-width of a window [pixel]: galaxies larger than a third of it are none. */
  private static final int MOST_HALF = 150;

  /** What has a smaller probability is not there by chance. */
  private static final double UNLIKELY = 0.07;

  /** The PSF is taken as constant in cells of this size [pixel]. */
  private static final int CELL = 64;

  private final Backend backend;
  private final Residual residual;
  private final int[] mask;
  private final Psf psf;
  private final Stars sources;
  private final PositionIndex index;
  private final int reach;
  private final BitSet stellar;
  private final double[] brightness;
  private final double chance;
  private final SourceEllipse point;
  private final Map<Integer, PsfPatch> psfs = new HashMap<>();
  private int runaways;
  private long work;

  /**
   * An examiner.
   *
   * @param mask bits of all pixels
   * @param found all sources
   * @param stellar which of them are no broader than stars
   */
  GalaxyExaminer(
      Backend backend, Residual residual, int[] mask, Psf psf, SourceList found, BitSet stellar) {
    this.brightness = found.broadSignalToNoise();
    this.sources = found.stars();
    this.stellar = stellar;
    this.chance = chance(sources, residual.image(), LINK * psf.fwhm());
    this.backend = backend;
    this.residual = residual;
    this.mask = mask;
    this.psf = psf;
    this.index = new PositionIndex(sources.x(), sources.y(), LINK * psf.fwhm());
    this.reach = Math.min(psf.model().radius(), (int) Math.ceil(5 * psf.fwhm()));
    this.point = measurePoint();
  }

  /** Probability that another source lies within a distance. */
  private static double chance(Stars sources, Plane image, double distance) {
    double area = (double) image.width() * image.height();
    return Math.min(0.5, sources.count() * Math.PI * distance * distance / area);
  }

  /** What is being found out about a galaxy. */
  private static final class State {
    boolean extended;
    boolean mayBeGalaxy;
    final BitSet members = new BitSet();
    final BitSet stars = new BitSet();
    PsfPatch psf;
    PsfPatch core;
    int half;
    Cutout left;
    Cutout light;
    SourceEllipse ellipse;
    GalaxyLight smooth;
    double extent;
  }

  /** How many sources had no end within the largest window. */
  int runaways() {
    return runaways;
  }

  /** How many pixels have been looked at, again and again. */
  long work() {
    return work;
  }

  /**
   * Whether there is another source so near that both may be parts of one galaxy; where stars are
   * crowded and explain the light well, so near that it is unlikely to be there by chance.
   */
  boolean hasNeighbours(int seed, boolean badlyFitted) {
    double x = sources.x()[seed];
    double y = sources.y()[seed];
    double distance = LINK * psf.fwhm() * (badlyFitted ? 1 : Math.sqrt(UNLIKELY / chance));
    return Arrays.stream(index.within(x, y))
        .anyMatch(j -> j != seed && Math.hypot(sources.x()[j] - x, sources.y()[j] - y) < distance);
  }

  /**
   * Looks around a source.
   *
   * @param extended whether the source alone is significantly broader than the PSF; otherwise only
   *     several sources together can be a galaxy
   * @param taken sources that belong to other galaxies
   * @return the galaxy; null if it is none
   */
  Galaxy examine(int seed, boolean extended, BitSet taken) {
    State s = new State();
    s.extended = extended;
    double x = sources.x()[seed];
    double y = sources.y()[seed];
    s.psf = localPsf(x, y);
    s.core = s.psf.within((int) Math.ceil(CORE * psf.fwhm()));
    s.half = (int) Math.ceil(6 * psf.fwhm());
    s.ellipse = SourceEllipse.round(x, y, 0.6 * psf.fwhm());
    for (int j : index.within(x, y)) {
      s.members.set(j, mayBelong(j, seed, taken));
    }
    BitSet candidates = (BitSet) taken.clone();
    candidates.or(stellar);
    if (!measure(s, x, y) || isPlainlyStars(s) || !settle(s, seed, false, candidates)) {
      return null;
    }
    if (isExplained(s)) {
      return null;
    }
    s.mayBeGalaxy = true;
    if (!settle(s, seed, true, taken) || !isGalaxy(s, x, y)) {
      return null;
    }
    BitSet fragments = (BitSet) s.members.clone();
    fragments.clear(seed);
    return new Galaxy(seed, s.ellipse, s.extent, s.smooth, fragments, s.stars);
  }

  /**
   * Measures and collects members until nothing changes.
   *
   * @param stars whether to look for stars
   * @param excluded what cannot be a member
   */
  private boolean settle(State s, int seed, boolean stars, BitSet excluded) {
    for (int pass = 0; pass < PASSES; pass++) {
      if (!measure(s, sources.x()[seed], sources.y()[seed])) {
        return false;
      }
      BitSet before = (BitSet) s.members.clone();
      if (stars) {
        s.smooth = smooth(s);
        findStars(s, seed);
      }
      collect(s, seed, excluded);
      if (stars && s.members.cardinality() == 1 && !s.extended) {
        return false;
      }
      if (before.equals(s.members)) {
        break;
      }
    }
    return true;
  }

  /**
   * What needs no closer look: lone stars, and pairs of stars, which are no wider than one across
   * the line between them.
   */
  private boolean isPlainlyStars(State s) {
    boolean thin = s.ellipse.minor() < THIN * point.minor();
    return s.members.cardinality() == 1 ? !s.extended : thin;
  }

  /** Whether the stars leave so little that no galaxy can explain the light better. */
  private boolean isExplained(State s) {
    return !s.extended
        && GalaxyHypothesis.areStars(s.left, s.light, s.ellipse, s.members.cardinality(), chance);
  }

  private boolean mayBelong(int j, int seed, BitSet taken) {
    return j == seed || (!taken.get(j) && brightness[j] <= brightness[seed]);
  }

  /** Ellipse and profile of the light of the current members. */
  private boolean measure(State s, double x, double y) {
    while (true) {
      s.left = Cutout.of(backend, residual.image(), residual.noise(), mask, x, y, s.half);
      s.light = s.left.copy();
      work += s.light.pixels();
      for (int j = s.members.nextSetBit(0); j >= 0; j = s.members.nextSetBit(j + 1)) {
        s.light.addStar(s.psf, sources.x()[j], sources.y()[j], sources.flux()[j]);
      }
      SourceEllipse start = SourceEllipse.round(x, y, Math.max(0.5, s.ellipse.meanRadius()));
      AdaptiveMoments moments = new AdaptiveMoments(s.half / 3.0, 1);
      SourceEllipse ellipse = moments.measure(s.light.completed(x, y), start);
      boolean more = ellipse != null && (MEMBERS + 2) * ellipse.major() > s.half;
      if (ellipse != null && !more) {
        s.ellipse = ellipse;
        s.extent = s.mayBeGalaxy ? extent(s) : MEMBERS;
        more = (s.extent + 1) * ellipse.major() > s.half;
      }
      if (more && s.half < MOST_HALF) {
        s.half = Math.min(MOST_HALF, 2 * s.half);
      } else if (ellipse == null || MEMBERS * ellipse.major() > s.half) {
        runaways += s.half == MOST_HALF ? 1 : 0;
        return false;
      } else {
        s.ellipse = ellipse;
        return true;
      }
    }
  }

  /** The PSF in the middle of a cell of the image. */
  private PsfPatch localPsf(double x, double y) {
    int column = (int) (x / CELL);
    int row = (int) (y / CELL);
    return psfs.computeIfAbsent(
        row * (residual.image().width() / CELL + 1) + column,
        k -> new PsfPatch(psf.model(), (column + 0.5) * CELL, (row + 0.5) * CELL, reach));
  }

  /** What a star looks like. */
  private SourceEllipse measurePoint() {
    PsfPatch local =
        new PsfPatch(
            psf.model(), residual.image().width() / 2.0, residual.image().height() / 2.0, reach);
    SourceEllipse start = SourceEllipse.round(0, 0, psf.fwhm() / FWHM_PER_SIGMA);
    SourceEllipse measured = new AdaptiveMoments(reach, 1).measure(Cutout.of(local, reach), start);
    return measured == null ? start : measured;
  }

  /**
   * Where the light is no longer seen, in units of the ellipse; at most where the window ends along
   * the major axis.
   */
  private double extent(State s) {
    double end = s.half / s.ellipse.major();
    if (end <= MEMBERS) {
      return MEMBERS;
    }
    double noise = Math.sqrt(s.light.variance(s.light.pixels() / 2));
    GalaxyProfile profile = GalaxyProfile.fit(s.light, s.ellipse, end, psf.fwhm());
    double m = MEMBERS;
    while (m < end && profile.along(m) > SEEN * noise) {
      m += EXTENT_STEP;
    }
    return Math.min(m, end);
  }

  private GalaxyLight smooth(State s) {
    boolean compact = s.ellipse.major() < COMPACT * psf.fwhm();
    if (!compact) {
      return GalaxyProfile.fit(s.light, s.ellipse, s.extent + 1, psf.fwhm());
    }
    return CompactGalaxy.fit(s.light, s.ellipse, point, s.core, psf.fwhm());
  }

  /** Takes those members for stars that stand out of the profile more than others near them. */
  private void findStars(State s, int seed) {
    double distance = CONTRAST_RADIUS * psf.fwhm();
    StarContrast test = new StarContrast(s.light, s.ellipse, s.smooth, s.psf, distance);
    int[] members = s.members.stream().toArray();
    double[] contrast = new double[members.length];
    for (int k = 0; k < members.length; k++) {
      contrast[k] = test.at(sources.x()[members[k]], sources.y()[members[k]]);
    }
    for (int k = 0; k < members.length; k++) {
      boolean most = contrast[k] > STAR && members[k] != seed;
      for (int o = 0; o < members.length && most; o++) {
        double dx = sources.x()[members[o]] - sources.x()[members[k]];
        double dy = sources.y()[members[o]] - sources.y()[members[k]];
        most = contrast[o] <= contrast[k] || Math.hypot(dx, dy) > LINK * psf.fwhm();
      }
      if (most) {
        s.stars.set(members[k]);
        s.members.clear(members[k]);
      }
    }
  }

  /** All sources inside of the ellipse that may be fragments. */
  private void collect(State s, int seed, BitSet taken) {
    double outer = s.extent * s.ellipse.major();
    double step = LINK * psf.fwhm();
    BitSet next = new BitSet();
    // The index knows one distance only: ask it on a grid of places.
    int n = (int) Math.ceil(outer / step);
    for (int v = -n; v <= n; v++) {
      for (int u = -n; u <= n; u++) {
        for (int j : index.within(s.ellipse.x() + u * step, s.ellipse.y() + v * step)) {
          double distance = s.ellipse.squaredDistance(sources.x()[j], sources.y()[j]);
          boolean inside = distance < s.extent * s.extent;
          next.set(j, inside && mayBelong(j, seed, taken) && !s.stars.get(j));
        }
      }
    }
    next.set(seed);
    s.members.clear();
    s.members.or(next);
  }

  private boolean isGalaxy(State s, double x, double y) {
    int members = s.members.cardinality();
    double allowed = Math.max(OFF_CENTRE * psf.fwhm(), s.ellipse.meanRadius() / 2);
    boolean central = Math.hypot(s.ellipse.x() - x, s.ellipse.y() - y) < allowed;
    return central
        && (members > 1 || s.extended)
        && new GalaxyHypothesis(s.light, s.ellipse, s.smooth)
            .isGalaxy(s.smooth, s.left, members, chance, s.psf, point, psf.fwhm());
  }
}
