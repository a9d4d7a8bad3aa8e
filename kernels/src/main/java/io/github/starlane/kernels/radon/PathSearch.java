package io.github.starlane.kernels.radon;

/**
 * Finds the paths with a large S/N in all strips of all orientations.
 *
 * <p>Every pixel of the image's S/N counts alike, whatever its weight: half as many sums as with
 * weights, and next to no loss unless the variance varies by factors.
 */
final class PathSearch {

  /** A path needs this share of its least length in the image. */
  private static final double LEAST_ROWS = 0.5;

  /**
   * S/N of a path, as a share of the S/N that the refined streak must have. Strips are powers of
   * two that begin at multiples of their length, and paths keep to whole columns.
   */
  private static final double LEAST_SHARE = 0.85;

  /** Columns that are looked at together where paths leave the image. */
  private static final int CHUNK = 64;

  private final RowSums rowSums;
  private final PathNoise noise;
  private final int shortest;
  private final PathCandidates candidates;
  private PathFrame frame;

  /** The row of sums being looked at. */
  private int level;

  private int firstRow;
  private int shift;
  private float[] sums;

  /** Rows of the strip in the image, and columns from the first of them to the last. */
  private int rows;

  private int reach;

  /**
   * A search.
   *
   * @param shortest streak [binned pixel]
   */
  PathSearch(RowSums rowSums, PathNoise noise, double threshold, int shortest) {
    this.rowSums = rowSums;
    this.noise = noise;
    this.shortest = shortest;
    candidates = new PathCandidates(LEAST_SHARE * threshold);
  }

  /** Levels of strips for so many rows. */
  static int levels(int rows) {
    int level = 0;
    while (1 << level < Math.min(rows, Radon.LARGEST_STRIP)) {
      level++;
    }
    return level;
  }

  /** All paths above the floor. */
  PathCandidates run(StreakImage image) {
    PathFrame upright = PathFrame.upright(image);
    PathFrame transposed = upright.transpose();
    for (PathFrame f :
        new PathFrame[] {upright, upright.mirror(), transposed, transposed.mirror()}) {
      frame = f;
      int levels = levels(f.height());
      // A streak on a diagonal has fewer rows than pixels, and is cut by the strips' ends.
      int first = Math.min(levels, Math.max(2, levels(shortest) - 1));
      StripSums.RowListener listener =
          (l, row, d, values, from, to) -> {
            if (l >= first) {
              level = l;
              firstRow = row;
              shift = d;
              sums = values;
              look(from);
            }
          };
      new StripSums(f, levels, rowSums, listener).run();
    }
    return candidates;
  }

  /**
   * Looks at a row of sums: where paths stay in the image at once, else in chunks.
   *
   * @param zero index of the path that begins at column {@code −shift}
   */
  private void look(int zero) {
    int width = frame.width();
    rows = Math.min(1 << level, frame.height() - firstRow);
    reach = rows == 1 << level ? shift : PathSums.offset(1 << level, shift, rows - 1);
    int origin = zero + shift;
    int middle = Math.max(0, width - reach);
    lookAtEdge(-reach, 0, origin);
    look(0, middle, rows, origin);
    lookAtEdge(middle, width, origin);
  }

  private void lookAtEdge(int begin, int end, int origin) {
    for (int column = begin; column < end; column += CHUNK) {
      int to = Math.min(end, column + CHUNK);
      // The number of rows is concave along columns.
      int least = Math.min(rowsInside(column), rowsInside(to - 1));
      look(column, to, Math.max(least, leastRows()), origin);
    }
  }

  private int leastRows() {
    return (int) Math.ceil(LEAST_ROWS * shortest);
  }

  /** Rows in which a path is in the image, as if it were straight. */
  private int rowsInside(int column) {
    if (reach == 0) {
      return rows;
    }
    double perColumn = (rows - 1.0) / reach;
    double first = Math.max(0, -column * perColumn);
    double last = Math.min(rows - 1.0, (frame.width() - 1 - column) * perColumn);
    return (int) Math.max(0, last - first + 1);
  }

  /** Paths beginning at columns {@code begin ≤ column < end} that have at least so many rows. */
  private void look(int begin, int end, int leastRows, int origin) {
    double unit = Math.sqrt(noise.ofLevel(level)[shift] / noise.ofLevel(0)[0]);
    int to = origin + end;
    int at = origin + begin;
    while (true) {
      float limit = (float) (candidates.floor() * unit * Math.sqrt(leastRows));
      at = rowSums.firstAbove(sums, at, to, limit);
      if (at < 0) {
        return;
      }
      int peak = at;
      while (at < to && sums[at] > limit) {
        peak = sums[at] > sums[peak] ? at : peak;
        at++;
      }
      take(peak - origin, sums[peak] / unit);
    }
  }

  private void take(int column, double sum) {
    int inside = rowsInside(column);
    double signalToNoise = sum / Math.sqrt(inside);
    if (inside >= leastRows() && signalToNoise > candidates.floor()) {
      candidates.add(new PathCandidate(frame, firstRow, 1 << level, column, shift, signalToNoise));
    }
  }
}
