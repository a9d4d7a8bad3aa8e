package io.github.starlane.core.source;

import io.github.starlane.core.psf.Psf;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.psffit.Stars;
import java.util.Arrays;
import java.util.BitSet;

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
 * <p>What results is compared with the stars it would replace: χ² plus twice the number of fitted
 * parameters (Akaike 1974), of the profile on the one and of the PSFs on the other hand, with a
 * relative error of {@value #MODEL_ERROR} of either model.
 */
final class GalaxyExaminer {
  /** Sources nearer than this may be fragments of the same galaxy to begin with [FWHM]. */
  private static final double LINK = 2;

  /** Sources inside of so many times the ellipse belong to the galaxy or are stars on it. */
  private static final double MEMBERS = 4;

  /** More if its light can be seen farther out, up to this. */
  static final double MOST_MEMBERS = 8;

  /** Light per pixel that is seen [σ]. */
  private static final double SEEN = 0.3;

  /** χ² is that of the pixels inside of so many times the ellipse. */
  private static final double COMPARED = 3;

  private static final double MODEL_ERROR = 0.05;

  /** Relative scatter of the light of galaxies around their models, at least. */
  private static final double LEAST_ROUGHNESS = 0.15;

  /** What stands out of a galaxy by so many σ is a star. */
  private static final double STAR = 4;

  /** Light within so many FWHM of a source shows whether it is a star. */
  private static final double CONTRAST_RADIUS = 1.5;

  /** Galaxies smaller than this are seen through the PSF above all [FWHM]. */
  private static final double COMPACT = 1.3;

  /** A seed farther from the centre than this is a star beside a galaxy [FWHM]. */
  private static final double OFF_CENTRE = 0.7;

  private static final double FWHM_PER_SIGMA = 2.3548;

  private static final int PASSES = 8;

  private static final int STAR_PARAMETERS = 3;

  /** Largest half-width of a window [pixel]: galaxies larger than a third of it are none. */
  private static final int MOST_HALF = 150;

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
  }

  /** Probability that another source lies within a distance. */
  private static double chance(Stars sources, Plane image, double distance) {
    double area = (double) image.width() * image.height();
    return Math.min(0.5, sources.count() * Math.PI * distance * distance / area);
  }

  /** What is being found out about a galaxy. */
  private static final class State {
    final BitSet members = new BitSet();
    final BitSet stars = new BitSet();
    LocalPsf psf;
    int half;
    Cutout left;
    Cutout light;
    SourceEllipse ellipse;
    SourceEllipse point;
    GalaxyLight smooth;
    double extent;
  }

  /** Whether there is another source so near that both may be parts of one galaxy. */
  boolean hasNeighbours(int seed) {
    return index.within(sources.x()[seed], sources.y()[seed]).length > 1;
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
    double x = sources.x()[seed];
    double y = sources.y()[seed];
    s.psf = new LocalPsf(psf.model(), x, y, reach);
    s.point = point(s.psf);
    s.half = (int) Math.ceil(6 * psf.fwhm());
    s.ellipse = SourceEllipse.round(x, y, 0.6 * psf.fwhm());
    for (int j : index.within(x, y)) {
      s.members.set(j, mayBelong(j, seed, taken));
    }
    BitSet candidates = (BitSet) taken.clone();
    candidates.or(stellar);
    if (!settle(s, seed, false, candidates) || !settle(s, seed, true, taken)) {
      return null;
    }
    if (Boolean.getBoolean("dbg"))
      System.out.printf(
          "seed %d at %.1f %.1f f %.0f B %.0f members %d stars %d a %.2f b %.2f%n",
          seed,
          x,
          y,
          sources.flux()[seed],
          brightness[seed],
          s.members.cardinality(),
          s.stars.cardinality(),
          s.ellipse.major(),
          s.ellipse.minor());
    if (!measure(s, x, y) || !isGalaxy(s, x, y, extended)) {
      return null;
    }
    BitSet fragments = (BitSet) s.members.clone();
    fragments.clear(seed);
    return new Galaxy(seed, s.ellipse, s.smooth, fragments, s.stars);
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
        findStars(s, seed);
      }
      collect(s, seed, excluded);
      if (before.equals(s.members)) {
        break;
      }
    }
    return true;
  }

  private boolean mayBelong(int j, int seed, BitSet taken) {
    return j == seed || (!taken.get(j) && brightness[j] <= brightness[seed]);
  }

  /** Ellipse and profile of the light of the current members. */
  private boolean measure(State s, double x, double y) {
    while (true) {
      s.left = Cutout.of(backend, residual.image(), residual.noise(), mask, x, y, s.half);
      s.light = s.left.copy();
      for (int j = s.members.nextSetBit(0); j >= 0; j = s.members.nextSetBit(j + 1)) {
        s.light.addStar(s.psf, sources.x()[j], sources.y()[j], sources.flux()[j]);
      }
      SourceEllipse start = SourceEllipse.round(x, y, Math.max(0.5, s.ellipse.meanRadius()));
      AdaptiveMoments moments = new AdaptiveMoments(s.half / 3.0, 1);
      SourceEllipse ellipse = moments.measure(s.light.completed(x, y), start);
      boolean tooSmall = ellipse == null || (MEMBERS + 2) * ellipse.major() > s.half;
      if (tooSmall && s.half < MOST_HALF) {
        s.half = Math.min(MOST_HALF, 2 * s.half);
      } else if (ellipse == null || MEMBERS * ellipse.major() > s.half) {
        return false;
      } else {
        s.ellipse = ellipse;
        s.smooth = smooth(s);
        s.extent = extent(s);
        return true;
      }
    }
  }

  /** What a star looks like. */
  private SourceEllipse point(LocalPsf local) {
    SourceEllipse start = SourceEllipse.round(0, 0, psf.fwhm() / FWHM_PER_SIGMA);
    SourceEllipse measured = new AdaptiveMoments(reach, 1).measure(Cutout.of(local, reach), start);
    return measured == null ? start : measured;
  }

  /** Where the light along the major axis is no longer seen, in units of the ellipse. */
  private static double extent(State s) {
    int middle = s.light.pixels() / 2;
    double noise = Math.sqrt(s.light.variance(middle));
    for (double m = MEMBERS; m < MOST_MEMBERS; m += 0.25) {
      double along = m * s.ellipse.major();
      double angle = s.ellipse.angle();
      int column = (int) Math.round(s.ellipse.x() + along * Math.cos(angle));
      int row = (int) Math.round(s.ellipse.y() + along * Math.sin(angle));
      if (!(s.smooth.at(column, row) > SEEN * noise)) {
        return m;
      }
    }
    return MOST_MEMBERS;
  }

  private GalaxyLight smooth(State s) {
    boolean compact = s.ellipse.major() < COMPACT * psf.fwhm();
    return compact
        ? CompactGalaxy.fit(s.light, s.ellipse, s.point, s.psf, psf.fwhm())
        : GalaxyProfile.fit(s.light, s.ellipse, MOST_MEMBERS, psf.fwhm());
  }

  /** Takes those members for stars that stand out of the profile more than others near them. */
  private void findStars(State s, int seed) {
    double roughness = roughness(s);
    int[] members = s.members.stream().toArray();
    double[] contrast = new double[members.length];
    for (int k = 0; k < members.length; k++) {
      contrast[k] = contrast(s, members[k], roughness);
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

  /** Relative scatter of a galaxy's light around its profile, beyond that of the noise. */
  private static double roughness(State s) {
    double[] squares = new double[s.light.pixels()];
    double noise = 0;
    double light = 0;
    int n = 0;
    for (int k = 0; k < squares.length; k++) {
      double distance = s.ellipse.squaredDistance(s.light.column(k), s.light.row(k));
      if (distance < 4 && s.light.isGood(k)) {
        double model = s.smooth.at(s.light.column(k), s.light.row(k));
        squares[n++] = Math.pow(s.light.light(k) - model, 2);
        noise += s.light.variance(k);
        light += model * model;
      }
    }
    Arrays.sort(squares, 0, n);
    double median = n > 0 ? squares[n / 2] / 0.455 : 0;
    double excess = (median * n - noise) / light;
    return Math.max(LEAST_ROUGHNESS, excess > 0 ? Math.sqrt(excess) : 0);
  }

  /**
   * Light above the model in the shape of the PSF, in σ: the lesser of what the PSF alone sees and
   * of what it sees with a constant beside it, which takes up what the model misses.
   */
  private double contrast(State s, int j, double roughness) {
    double x = sources.x()[j];
    double y = sources.y()[j];
    int[] near = s.light.within(x, y, CONTRAST_RADIUS * psf.fwhm());
    double[] p = new double[near.length];
    double mean = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = s.psf.at(s.light.column(near[i]) - x, s.light.row(near[i]) - y);
      mean += p[i] / p.length;
    }
    double alone = contrast(s, near, p, 0, roughness);
    return Math.min(alone, contrast(s, near, p, mean, roughness));
  }

  private static double contrast(State s, int[] pixels, double[] p, double mean, double roughness) {
    double sum = 0;
    double model = 0;
    double noise = 0;
    for (int i = 0; i < p.length; i++) {
      int k = pixels[i];
      double smooth = s.smooth.at(s.light.column(k), s.light.row(k));
      sum += (p[i] - mean) * (s.light.light(k) - smooth);
      model += (p[i] - mean) * Math.max(0, smooth);
      noise += (p[i] - mean) * (p[i] - mean) * s.light.variance(k);
    }
    return sum / Math.sqrt(noise + Math.pow(roughness * model, 2));
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

  private boolean isGalaxy(State s, double x, double y, boolean extended) {
    int members = s.members.cardinality();
    boolean central =
        Math.hypot(s.ellipse.x() - x, s.ellipse.y() - y)
            < Math.max(OFF_CENTRE * psf.fwhm(), s.ellipse.meanRadius() / 2);
    if (!central || (members == 1 && !extended)) {
      return false;
    }
    double galaxy = 2.0 * s.smooth.parameters();
    double stars = 2.0 * STAR_PARAMETERS * members - 2 * Math.log(chance) * (members - 1);
    for (int k = 0; k < s.light.pixels(); k++) {
      double distance = s.ellipse.squaredDistance(s.light.column(k), s.light.row(k));
      if (distance < COMPARED * COMPARED && s.light.isGood(k)) {
        double model = s.smooth.at(s.light.column(k), s.light.row(k));
        double noise = s.light.variance(k) + Math.pow(MODEL_ERROR * model, 2);
        galaxy += Math.pow(s.light.light(k) - model, 2) / noise;
        stars += Math.pow(s.left.light(k), 2) / noise;
      }
    }
    if (Boolean.getBoolean("dbg"))
      System.out.printf(
          "%.0f %.0f N %d nodes %d a %.2f b %.2f: galaxy %.0f stars %.0f ext %b stars %d%n",
          s.ellipse.x(),
          s.ellipse.y(),
          members,
          s.smooth.parameters(),
          s.ellipse.major(),
          s.ellipse.minor(),
          galaxy,
          stars,
          extended,
          s.stars.cardinality());
    return galaxy < stars;
  }
}
