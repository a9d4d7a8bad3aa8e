package io.github.starlane.core.psf;

import io.github.starlane.core.Statistics;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Places and shapes of the stars that a PSF was built from; see {@link HigherMoments}.
 *
 * @param x columns [pixel]
 * @param y rows [pixel]
 * @param values of each {@link Quantity}, one entry per star; NaN where it was not measured
 */
public record PsfStarShapes(double[] x, double[] y, Map<Quantity, double[]> values) {

  /** No stars. */
  static final PsfStarShapes NONE = new PsfStarShapes(new double[0], new double[0], Map.of());

  /** What is measured of a star. */
  public enum Quantity {
    /** hypot(xx − yy, 2 xy) / (xx + yy). */
    ELLIPTICITY,
    /** hypot(xx − yy, 2 xy) [pixel²]. */
    UNNORMALISED_ELLIPTICITY,
    /** M30 + M12. */
    COMA_1,
    /** M21 + M03. */
    COMA_2,
    /** M30 − 3 M12. */
    TREFOIL_1,
    /** 3 M21 − M03. */
    TREFOIL_2,
    /** M40 + 2 M22 + M04; 2 for a Gaussian. */
    KURTOSIS,
    /** M40 − M04. */
    E4_1,
    /** 2 (M31 + M13). */
    E4_2
  }

  /** The shapes of the stars that count, first in windows of this σ [pixel]. */
  static PsfStarShapes of(StampSet stars, double sigma) {
    int[] used = IntStream.range(0, stars.count()).filter(s -> stars.used[s]).toArray();
    double[][] shapes = new double[used.length][];
    for (int k = 0; k < used.length; k++) {
      shapes[k] = shape(stars, used[k], sigma);
    }
    Map<Quantity, double[]> values = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      int q = values.size();
      values.put(quantity, Arrays.stream(shapes).mapToDouble(shape -> shape[q]).toArray());
    }
    return new PsfStarShapes(
        Arrays.stream(used).mapToDouble(s -> stars.x[s]).toArray(),
        Arrays.stream(used).mapToDouble(s -> stars.y[s]).toArray(),
        values);
  }

  /** In the order of {@link Quantity}. */
  private static double[] shape(StampSet stars, int s, double sigma) {
    PsfStars part = stars.part[s];
    int index = stars.index[s];
    int size = part.size();
    HigherMoments m = new HigherMoments(part.pixels(), index * size * size, size, stars.sky[s]);
    if (!m.settle(stars.x[s] - part.x0()[index], stars.y[s] - part.y0()[index], sigma)) {
      double[] unknown = new double[Quantity.values().length];
      Arrays.fill(unknown, Double.NaN);
      return unknown;
    }
    double stretch = Math.hypot(m.xx() - m.yy(), 2 * m.xy());
    double[] h = m.higher();
    return new double[] {
      stretch / (m.xx() + m.yy()),
      stretch,
      h[0] + h[2],
      h[1] + h[3],
      h[0] - 3 * h[2],
      3 * h[1] - h[3],
      h[4] + 2 * h[6] + h[8],
      h[4] - h[8],
      2 * (h[5] + h[7])
    };
  }

  /** Number of stars. */
  public int count() {
    return x.length;
  }

  /**
   * Median of a quantity over the stars of an image that begins at (0, 0); NaN if there is none.
   */
  public double median(Quantity quantity, int width, int height) {
    double[] all = values.get(quantity);
    return Statistics.median(
        IntStream.range(0, x.length)
            .filter(i -> x[i] > -0.5 && y[i] > -0.5 && x[i] < width - 0.5 && y[i] < height - 0.5)
            .mapToDouble(i -> all[i])
            .filter(Double::isFinite));
  }

  /** The same stars seen from pixels whose origin lies at (−dx, −dy) of these. */
  PsfStarShapes movedBy(double dx, double dy) {
    return new PsfStarShapes(
        Arrays.stream(x).map(v -> v + dx).toArray(),
        Arrays.stream(y).map(v -> v + dy).toArray(),
        values);
  }
}
