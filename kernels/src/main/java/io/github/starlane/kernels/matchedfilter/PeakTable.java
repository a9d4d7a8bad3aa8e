package io.github.starlane.kernels.matchedfilter;

import java.util.List;
import java.util.stream.IntStream;

/** Measures the peaks, once their pixels are known. */
final class PeakTable {

  private PeakTable() {}

  /**
   * The table of the most significant maxima.
   *
   * @param map the largest S/N over the templates
   * @param maxima indices into the map
   */
  static Peaks measure(
      WeightedPlanes planes, float[] map, int[] maxima, MatchedFilterParameters parameters) {
    int[] order =
        IntStream.of(maxima)
            .boxed()
            .sorted((a, b) -> map[a] != map[b] ? Float.compare(map[b], map[a]) : a - b)
            .limit(parameters.maximumPeaks())
            .mapToInt(Integer::intValue)
            .toArray();
    int n = order.length;
    List<Template> templates = parameters.templates();
    Peaks peaks =
        new Peaks(
            n,
            new int[n],
            new int[n],
            new double[n],
            new double[n],
            new float[templates.size()][n],
            new float[n],
            new int[n],
            maxima.length > n);
    double[] sums = new double[2];
    for (int k = 0; k < n; k++) {
      int x = order[k] % planes.width;
      int y = order[k] / planes.width;
      peaks.x()[k] = x;
      peaks.y()[k] = y;
      peaks.subX()[k] = x + vertex(map, order[k], 1, x, planes.width);
      peaks.subY()[k] = y + vertex(map, order[k], planes.width, y, planes.height);
      double best = Double.NEGATIVE_INFINITY;
      for (int t = 0; t < templates.size(); t++) {
        planes.correlateAt(templates.get(t), x, y, sums);
        double signalToNoise = sums[1] > 0 ? sums[0] / Math.sqrt(sums[1]) : 0;
        peaks.signalToNoise()[t][k] = (float) signalToNoise;
        if (signalToNoise > best) {
          best = signalToNoise;
          peaks.bestTemplate()[k] = t;
          peaks.flux()[k] = sums[1] > 0 ? (float) (sums[0] / sums[1]) : 0;
        }
      }
    }
    return peaks;
  }

  /** Vertex of the parabola through three neighbours, −½ … ½; 0 at the edge of the image. */
  private static double vertex(float[] map, int at, int step, int position, int length) {
    if (position == 0 || position == length - 1) {
      return 0;
    }
    double before = map[at - step];
    double after = map[at + step];
    double curvature = before - 2.0 * map[at] + after;
    return curvature < 0 ? Math.clamp(0.5 * (before - after) / curvature, -0.5, 0.5) : 0;
  }
}
