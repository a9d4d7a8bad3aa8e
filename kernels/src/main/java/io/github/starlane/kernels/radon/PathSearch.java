package io.github.starlane.kernels.radon;

/** Finds the path with the largest S/N in all strips of all orientations. */
final class PathSearch {

  /** A path needs this share of the weight that its least length would have. */
  private static final double LEAST_WEIGHT = 0.5;

  private final RowSums rowSums;
  private final PathNoise noise;
  private final RadonParameters parameters;
  private PathFrame frame;
  private int levels;

  /** Square of the best S/N so far, and its path. */
  private float best;

  private PathCandidate candidate;

  PathSearch(RowSums rowSums, PathNoise noise, RadonParameters parameters) {
    this.rowSums = rowSums;
    this.noise = noise;
    this.parameters = parameters;
  }

  /** Levels of strips for so many rows. */
  static int levels(int rows) {
    int level = 0;
    while (1 << level < Math.min(rows, Radon.LARGEST_STRIP)) {
      level++;
    }
    return level;
  }

  /** The best path above a S/N of 1; null if there is none. */
  PathCandidate best(StreakImage image) {
    best = 1;
    candidate = null;
    float leastWeight = (float) (LEAST_WEIGHT * parameters.shortest() * image.meanWeight());
    PathFrame upright = PathFrame.upright(image);
    PathFrame transposed = upright.transpose();
    for (PathFrame f :
        new PathFrame[] {upright, upright.mirror(), transposed, transposed.mirror()}) {
      search(f, leastWeight);
    }
    return candidate;
  }

  private void search(PathFrame f, float leastWeight) {
    frame = f;
    levels = levels(f.height());
    int shortest = levels(parameters.shortest());
    StripSums.RowListener listener =
        (level, firstRow, shift, first, signal, weight, from, to) -> {
          if (level >= Math.min(shortest, levels)) {
            look(level, firstRow, shift, first, signal, weight, from, to, leastWeight);
          }
        };
    new StripSums(f, levels, rowSums, listener).run();
  }

  private void look(
      int level,
      int firstRow,
      int shift,
      int first,
      float[] signal,
      float[] weight,
      int from,
      int to,
      float leastWeight) {
    float perPixel = noise.ofLevel(level)[shift];
    int at = rowSums.firstAbove(signal, weight, from, to, best * perPixel, leastWeight);
    while (at >= 0) {
      float square = signal[at] * signal[at] / (weight[at] * perPixel);
      if (square > best) {
        best = square;
        candidate =
            new PathCandidate(
                frame, firstRow, 1 << level, first + at - from, shift, Math.sqrt(square));
      }
      at = rowSums.firstAbove(signal, weight, at + 1, to, best * perPixel, leastWeight);
    }
  }
}
