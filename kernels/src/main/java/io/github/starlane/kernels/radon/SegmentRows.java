package io.github.starlane.kernels.radon;

/**
 * The pixels within a distance of a segment, row by row: as the set is convex, a row has one run of
 * them.
 *
 * @param x1 column of one end
 * @param y1 row of that end
 * @param x2 column of the other end
 * @param y2 row of the other end
 * @param distance from the segment [pixel], above 0
 */
record SegmentRows(double x1, double y1, double x2, double y2, double distance) {

  /** First row that may have pixels. */
  int firstRow() {
    return (int) Math.max(0, Math.ceil(Math.min(y1, y2) - distance));
  }

  /** Last row that may have pixels, of an image of so many rows. */
  int lastRow(int height) {
    return (int) Math.min(height - 1.0, Math.floor(Math.max(y1, y2) + distance));
  }

  /** First column of a row's run, at least 0. */
  int firstColumn(int row) {
    return (int) Math.max(0, Math.ceil(-extent(row, -1)));
  }

  /** Last column of a row's run, of an image of so many columns; below the first if it is empty. */
  int lastColumn(int row, int width) {
    return (int) Math.min(width - 1.0, Math.floor(extent(row, 1)));
  }

  /** How far the run reaches to the right (side 1) or, negated, to the left (side −1). */
  private double extent(int row, int side) {
    double reach = Math.max(disc(x1, y1, row, side), disc(x2, y2, row, side));
    double length = Math.hypot(x2 - x1, y2 - y1);
    if (length == 0) {
      return reach;
    }
    // The two edges of the band, each as long as the segment.
    double nx = -(y2 - y1) / length * distance;
    double ny = (x2 - x1) / length * distance;
    return Math.max(reach, Math.max(edge(nx, ny, row, side), edge(-nx, -ny, row, side)));
  }

  private double disc(double x, double y, int row, int side) {
    double square = distance * distance - (row - y) * (row - y);
    return square < 0 ? Double.NEGATIVE_INFINITY : side * x + Math.sqrt(square);
  }

  private double edge(double nx, double ny, int row, int side) {
    double from = y1 + ny;
    double to = y2 + ny;
    if (row < Math.min(from, to) || row > Math.max(from, to)) {
      return Double.NEGATIVE_INFINITY;
    }
    // A level edge ends where the discs do.
    double t = from == to ? 0 : (row - from) / (to - from);
    return side * (x1 + nx + t * (x2 - x1));
  }
}
