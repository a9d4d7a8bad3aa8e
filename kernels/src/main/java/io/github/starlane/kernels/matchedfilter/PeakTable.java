package io.github.starlane.kernels.matchedfilter;

import java.util.Comparator;
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
    // A delta function alone says nothing of what is between pixels.
    boolean smooth =
        parameters.templates().stream()
            .limit(parameters.searching())
            .anyMatch(template -> template.size() > 1);
    record Peak(int index, double signalToNoise) {}

    List<Peak> all =
        IntStream.of(maxima)
            .mapToObj(
                i -> new Peak(i, smooth ? between(map, i, planes.width, planes.height) : map[i]))
            .filter(peak -> peak.signalToNoise >= parameters.threshold())
            .sorted(
                Comparator.comparingDouble((Peak peak) -> -peak.signalToNoise)
                    .thenComparingInt(Peak::index))
            .toList();
    int[] order = all.stream().limit(parameters.maximumPeaks()).mapToInt(Peak::index).toArray();
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
            all.size() > n,
            all.stream().limit(n).mapToDouble(Peak::signalToNoise).toArray());
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

  /** The largest value of the curves along x and y. */
  private static double between(float[] map, int at, int width, int height) {
    return map[at] * rise(map, at, 1, at % width, width) * rise(map, at, width, at / width, height);
  }

  /** The vertex of the Gaussian through three neighbours over the middle one. */
  private static double rise(float[] map, int at, int step, int position, int length) {
    double offset = vertex(map, at, step, position, length);
    return offset == 0 ? 1 : Math.exp(0.25 * offset * Math.log(map[at + step] / map[at - step]));
  }

  /**
   * Where the Gaussian through three neighbours has its vertex, −½ … ½; 0 at the edge of the image
   * and where a neighbour is not positive.
   */
  private static double vertex(float[] map, int at, int step, int position, int length) {
    if (position == 0 || position == length - 1 || !(map[at - step] > 0 && map[at + step] > 0)) {
      return 0;
    }
    double before = Math.log(map[at] / map[at - step]);
    double after = Math.log(map[at] / map[at + step]);
    return before + after > 0
        ? Math.clamp(0.5 * (before - after) / (before + after), -0.5, 0.5)
        : 0;
  }
}
