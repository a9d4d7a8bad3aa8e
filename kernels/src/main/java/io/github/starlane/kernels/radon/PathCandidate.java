package io.github.starlane.kernels.radon;

/**
 * A path of large S/N.
 *
 * @param frame orientation it is seen in
 * @param firstRow of its strip
 * @param rows of its strip
 * @param column where it begins
 * @param shift columns to its end
 * @param signalToNoise of the path
 */
record PathCandidate(
    PathFrame frame, int firstRow, int rows, int column, int shift, double signalToNoise) {

  /** Last row in the image. */
  int lastRow() {
    return Math.min(frame.height(), firstRow + rows) - 1;
  }

  /** Column at the last row. */
  int lastColumn() {
    return column + PathSums.offset(rows, shift, lastRow() - firstRow);
  }

  /** Whether both ends lie within a distance of another one's line. */
  boolean follows(PathCandidate other, double distance) {
    double x = other.frame.x(other.column, other.firstRow);
    double y = other.frame.y(other.column, other.firstRow);
    double dx = other.frame.x(other.lastColumn(), other.lastRow()) - x;
    double dy = other.frame.y(other.lastColumn(), other.lastRow()) - y;
    double least = distance * Math.hypot(dx, dy);
    return Math.abs(across(column, firstRow, x, y, dx, dy)) <= least
        && Math.abs(across(lastColumn(), lastRow(), x, y, dx, dy)) <= least;
  }

  private double across(int endColumn, int row, double x, double y, double dx, double dy) {
    return (frame.y(endColumn, row) - y) * dx - (frame.x(endColumn, row) - x) * dy;
  }
}
