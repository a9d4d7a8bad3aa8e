package io.github.starlane.core.source;

import io.github.starlane.core.PositionIndex;
import io.github.starlane.kernels.matchedfilter.Peaks;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Keeps diffuse emission that fills a field from becoming as many sources as there is noise on it.
 *
 * <p>On a plateau every maximum of the noise passes the threshold, and a broadened PSF always sees
 * more of it than the PSF. Where such peaks are a large part of all, they are thinned: what stands
 * out of its surroundings in the shape of the PSF stays, of the rest only the most significant one
 * of each neighbourhood.
 */
final class DiffuseLight {
  /** S/N with the broadened PSF over that of a star with the same S/N; 1.6 on a plateau. */
  private static final double BROAD = 1.25;

  /** So large a part of the peaks is diffuse only in a nebula … */
  private static final double FRACTION = 0.3;

  /** … that has at least so many of them. */
  private static final int LEAST_PEAKS = 200;

  /** A peak stands out if the PSF is so many σ better than the broadened PSF alone. */
  private static final double STANDS_OUT = 4;

  /** Size of a neighbourhood [FWHM]. */
  private static final double NEIGHBOURHOOD = 4;

  private final double cosine;
  private final double distance;
  private final List<String> remarks;

  /** Diffuse peaks that earlier rounds have kept. */
  private double[] earlierX = {};

  private double[] earlierY = {};

  /**
   * A filter.
   *
   * @param fwhm of the PSF [pixel]
   * @param remarks receives a sentence if there is a nebula
   */
  DiffuseLight(BroadenedPsf broadened, double fwhm, List<String> remarks) {
    this.cosine = Math.sqrt(broadened.projection());
    this.distance = NEIGHBOURHOOD * fwhm;
    this.remarks = remarks;
  }

  /** Thins peaks; template 0 is the PSF, 1 the delta function, 2 the broadened PSF. */
  Peaks thin(Peaks peaks) {
    BitSet diffuse = new BitSet();
    for (int i = 0; i < peaks.count(); i++) {
      diffuse.set(i, isDiffuse(peaks.signalToNoise()[0][i], peaks.signalToNoise()[2][i]));
    }
    int n = diffuse.cardinality();
    if (n < LEAST_PEAKS || n < FRACTION * peaks.count()) {
      return peaks;
    }
    BitSet kept = strongest(peaks, diffuse);
    int[] left =
        IntStream.range(0, peaks.count()).filter(i -> !diffuse.get(i) || kept.get(i)).toArray();
    String remark = "diffuse light fills the field: faint sources on it are not complete";
    if (!remarks.contains(remark)) {
      remarks.add(remark);
    }
    return select(peaks, left);
  }

  private boolean isDiffuse(double star, double broad) {
    double standsOut = (star - cosine * broad) / Math.sqrt(1 - cosine * cosine);
    return broad > BROAD * cosine * star && standsOut < STANDS_OUT;
  }

  /** Of the diffuse peaks those that are the most significant ones of their neighbourhood. */
  private BitSet strongest(Peaks peaks, BitSet diffuse) {
    PositionIndex index = new PositionIndex(peaks.subX(), peaks.subY(), distance);
    PositionIndex earlier = new PositionIndex(earlierX, earlierY, distance);
    float[] broad = peaks.signalToNoise()[2];
    int[] order =
        diffuse.stream()
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -broad[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    BitSet kept = new BitSet();
    for (int i : order) {
      double x = peaks.subX()[i];
      double y = peaks.subY()[i];
      boolean alone = Arrays.stream(index.within(x, y)).noneMatch(kept::get);
      kept.set(i, alone && earlier.nearest(x, y) < 0);
    }
    earlierX = join(earlierX, pick(peaks.subX(), kept));
    earlierY = join(earlierY, pick(peaks.subY(), kept));
    return kept;
  }

  private static double[] pick(double[] values, BitSet chosen) {
    return pick(values, chosen.stream().toArray());
  }

  private static double[] join(double[] first, double[] second) {
    return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  private static Peaks select(Peaks peaks, int[] chosen) {
    float[][] signalToNoise =
        Arrays.stream(peaks.signalToNoise()).map(s -> pick(s, chosen)).toArray(float[][]::new);
    return new Peaks(
        chosen.length,
        pick(peaks.x(), chosen),
        pick(peaks.y(), chosen),
        pick(peaks.subX(), chosen),
        pick(peaks.subY(), chosen),
        signalToNoise,
        pick(peaks.flux(), chosen),
        pick(peaks.bestTemplate(), chosen),
        peaks.truncated(),
        pick(peaks.peakSignalToNoise(), chosen));
  }

  private static float[] pick(float[] values, int[] indices) {
    float[] picked = new float[indices.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = values[indices[i]];
    }
    return picked;
  }

  private static int[] pick(int[] values, int[] indices) {
    return Arrays.stream(indices).map(i -> values[i]).toArray();
  }

  private static double[] pick(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }
}
