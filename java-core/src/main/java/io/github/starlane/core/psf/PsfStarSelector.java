package io.github.starlane.core.psf;

import io.github.starlane.core.PositionIndex;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Chooses the stars of one crop that a PSF can be built from, and cuts them out.
 *
 * <p>They are significant but not too bright, alone, away from edges and from bad or non-linear
 * pixels, and all of one size and shape ({@link StarLocus}).
 */
public final class PsfStarSelector {
  /** A neighbour counts from this fraction of a star's flux. */
  private static final double NEIGHBOUR = 0.05;

  /** No bad pixel within ± this of a star [pixel]. */
  private static final int CLEAN = 5;

  /** Sources that are measured to find stars among them, as a multiple of the stars wanted. */
  private static final int MEASURED_PER_STAR = 3;

  private final Backend backend;
  private final PsfSettings settings;

  /** A selector. */
  public PsfStarSelector(Backend backend, PsfSettings settings) {
    this.backend = backend;
    this.settings = settings;
  }

  /**
   * Selects.
   *
   * @param sky the crop, background-subtracted
   * @param variance of the background [image unit²]
   * @param mask bits of {@link MaskBit}
   * @param candidates detections, most significant first
   * @param originX column of the crop's first pixel in the camera [pixel]
   * @param originY row of the crop's first pixel
   */
  public PsfStars select(
      Plane sky,
      Plane variance,
      MaskPlane mask,
      PsfCandidates candidates,
      int originX,
      int originY) {
    CandidateMerger.Merged merged = CandidateMerger.merge(candidates);
    PsfCandidates c = merged.candidates();
    int[] measured =
        IntStream.range(0, c.count())
            .filter(i -> c.signalToNoise()[i] >= settings.minimumSignalToNoise())
            .limit((long) MEASURED_PER_STAR * settings.maximumStars())
            .toArray();
    StarMoments.Result moments =
        new StarMoments(backend, sky, variance, mask)
            .measure(pick(c.x(), measured), pick(c.y(), measured), merged.spread());
    double[] typical = moments.typical();
    boolean known = typical[0] > 0 && typical[1] > 0;
    double fwhm =
        known
            ? Math.sqrt((typical[0] + typical[1]) / 2) * PsfBuilder.FWHM_PER_SIGMA
            : PsfBuilder.DEFAULT_FWHM;
    int radius = PsfBuilder.radius(fwhm);
    // On a device this brings whole planes to the host: cutting stamps there would be better.
    float[] pixels = backend.toHost(sky);
    int[] bits = backend.toHost(mask);
    StampCutter cutter = new StampCutter(pixels, bits, sky.width(), sky.height(), radius);
    int[] suitable = suitable(c, measured, moments, cutter, fwhm);
    int[] stars = alike(moments, suitable);
    int[] rows = Arrays.stream(stars).map(k -> measured[k]).toArray();
    return cut(cutter, c, moments, stars, rows, fwhm, variance, originX, originY);
  }

  /** Those of the measured candidates that are clean, alone and not too bright. */
  private int[] suitable(
      PsfCandidates c,
      int[] measured,
      StarMoments.Result moments,
      StampCutter cutter,
      double fwhm) {
    double alone = Math.min(settings.isolation() * fwhm, 1.25 * cutter.radius());
    PositionIndex index = new PositionIndex(c.x(), c.y(), alone);
    return IntStream.range(0, measured.length)
        .filter(k -> moments.good()[k])
        .filter(k -> c.signalToNoise()[measured[k]] <= settings.maximumSignalToNoise())
        .filter(k -> cutter.isInside(moments.x()[k], moments.y()[k]))
        .filter(k -> cutter.isClean(moments.x()[k], moments.y()[k], CLEAN))
        .filter(k -> isIsolated(c, index, measured[k]))
        .toArray();
  }

  private PsfStars cut(
      StampCutter cutter,
      PsfCandidates c,
      StarMoments.Result moments,
      int[] stars,
      int[] rows,
      double fwhm,
      Plane variance,
      int originX,
      int originY) {
    double[] x = pick(moments.x(), stars);
    double[] y = pick(moments.y(), stars);
    StampCutter.Stamps stamps = cutter.cut(x, y, c, rows, 2 * fwhm);
    int[] column = Arrays.stream(x).mapToInt(v -> (int) Math.rint(v)).toArray();
    int[] row = Arrays.stream(y).mapToInt(v -> (int) Math.rint(v)).toArray();
    float[] noise = backend.arithmetic().sample(variance, column, row);
    return new PsfStars(
        cutter.radius(),
        Arrays.stream(stamps.x0()).map(v -> v + originX).toArray(),
        Arrays.stream(stamps.y0()).map(v -> v + originY).toArray(),
        stamps.pixels(),
        Arrays.stream(x).map(v -> v + originX).toArray(),
        Arrays.stream(y).map(v -> v + originY).toArray(),
        pick(c.flux(), rows),
        IntStream.range(0, noise.length).mapToDouble(k -> Math.max(1e-6, noise[k])).toArray(),
        pick(moments.xx(), stars),
        pick(moments.yy(), stars),
        pick(moments.xy(), stars),
        moments.typical());
  }

  /** Those on the locus of stars, the most significant ones. */
  private int[] alike(StarMoments.Result moments, int[] suitable) {
    boolean[] stars =
        StarLocus.stars(
            pick(moments.xx(), suitable),
            pick(moments.yy(), suitable),
            pick(moments.xy(), suitable));
    BitSet chosen = new BitSet();
    for (int k = 0; k < suitable.length && chosen.cardinality() < settings.maximumStars(); k++) {
      if (stars[k]) {
        chosen.set(suitable[k]);
      }
    }
    return chosen.stream().toArray();
  }

  private static boolean isIsolated(PsfCandidates c, PositionIndex index, int star) {
    for (int i : index.within(c.x()[star], c.y()[star])) {
      if (i != star && c.flux()[i] > NEIGHBOUR * c.flux()[star]) {
        return false;
      }
    }
    return true;
  }

  private static double[] pick(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }
}
