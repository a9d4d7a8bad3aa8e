package io.github.starlane.kernels.background;

/**
 * Rows of the image interpolated between block values that stand at the blocks' centres: by a
 * natural bicubic spline, or bilinearly, which is the same with second derivatives of zero. Beyond
 * the outermost centres it goes on as a straight line, so that a plane is reproduced up to the
 * image's edge.
 *
 * <p>A row is one cubic per block column: {@link #prepare} finds its coefficients, {@link #start}
 * says where the column's piece begins.
 */
final class GridRows {

  /**
   * Of the row prepared last: {@code 4 * pieces()} numbers, a + b t + c t² + d t³ with t = (x −
   * {@link #origin}) · {@link #step} at column x.
   */
  final double[] coefficients;

  private final boolean spline;
  private final int columns;
  private final int rows;
  private final int width;
  private final int height;
  private final float[] values;
  private final double[] secondY;
  private final double[] line;
  private final double[] second;
  private final double[] scratch;

  GridRows(BackgroundGrid grid, float[] values) {
    this.columns = grid.columns();
    this.rows = grid.rows();
    this.width = grid.width();
    this.height = grid.height();
    this.values = values;
    secondY = new double[columns * rows];
    line = new double[columns];
    second = new double[columns];
    scratch = new double[Math.max(columns, rows)];
    coefficients = new double[4 * pieces()];
    spline = grid.interpolation() == Interpolation.SPLINE;
    if (spline) {
      prepareColumns();
    }
  }

  private void prepareColumns() {
    double[] column = new double[rows];
    double[] result = new double[rows];
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < rows; j++) {
        column[j] = values[j * columns + i];
      }
      naturalSpline(column, result, scratch);
      for (int j = 0; j < rows; j++) {
        secondY[j * columns + i] = result[j];
      }
    }
  }

  /** Number of cubic pieces per row. */
  int pieces() {
    return columns + 1;
  }

  /** First pixel of a piece; with {@code piece = pieces()} the end of the row. */
  int start(int piece) {
    if (piece == 0) {
      return 0;
    }
    return piece > columns ? width : (int) Math.ceil(centre(piece - 1));
  }

  /** Column of the centre of block column i: (i + ½) width / columns − ½. */
  private double centre(int i) {
    return (i + 0.5) * width / columns - 0.5;
  }

  /** Step of the piece's parameter per pixel. */
  double step() {
    return (double) columns / width;
  }

  /** Column where the piece's parameter t is 0. */
  double origin(int piece) {
    return centre(Math.max(0, piece - 1));
  }

  /** Finds the cubics of an image row. */
  void prepare(int y) {
    double v = (y + 0.5) * rows / height - 0.5;
    int j = Math.clamp((int) Math.floor(v), 0, Math.max(0, rows - 2));
    double t = v - j;
    for (int i = 0; i < columns; i++) {
      line[i] = rows == 1 ? values[i] : alongColumn(i, j, t);
    }
    if (spline) {
      naturalSpline(line, second, scratch);
    }
    for (int piece = 0; piece <= columns; piece++) {
      fillPiece(piece);
    }
  }

  private double alongColumn(int i, int j, double t) {
    double from = values[j * columns + i];
    double to = values[(j + 1) * columns + i];
    double m0 = secondY[j * columns + i];
    double m1 = secondY[(j + 1) * columns + i];
    double slope = to - from - (2 * m0 + m1) / 6;
    if (t < 0) {
      return from + slope * t;
    }
    if (t > 1) {
      return to + (to - from + (m0 + 2 * m1) / 6) * (t - 1);
    }
    return from + t * (slope + t * (m0 / 2 + t * (m1 - m0) / 6));
  }

  private void fillPiece(int piece) {
    int at = 4 * piece;
    int last = columns - 1;
    coefficients[at + 2] = 0;
    coefficients[at + 3] = 0;
    if (columns == 1) {
      coefficients[at] = line[0];
      coefficients[at + 1] = 0;
    } else if (piece == 0) {
      coefficients[at] = line[0];
      coefficients[at + 1] = line[1] - line[0] - (2 * second[0] + second[1]) / 6;
    } else if (piece == columns) {
      coefficients[at] = line[last];
      coefficients[at + 1] =
          line[last] - line[last - 1] + (second[last - 1] + 2 * second[last]) / 6;
    } else {
      double m0 = second[piece - 1];
      double m1 = second[piece];
      coefficients[at] = line[piece - 1];
      coefficients[at + 1] = line[piece] - line[piece - 1] - (2 * m0 + m1) / 6;
      coefficients[at + 2] = m0 / 2;
      coefficients[at + 3] = (m1 - m0) / 6;
    }
  }

  /** Second derivatives of the natural cubic spline through equidistant values (unit step). */
  private static void naturalSpline(double[] f, double[] second, double[] scratch) {
    int n = f.length;
    second[0] = 0;
    second[n - 1] = 0;
    double previous = 0;
    scratch[0] = 0;
    for (int i = 1; i < n - 1; i++) {
      double pivot = 4 - scratch[i - 1];
      scratch[i] = 1 / pivot;
      previous = (6 * (f[i + 1] - 2 * f[i] + f[i - 1]) - previous) / pivot;
      second[i] = previous;
    }
    for (int i = n - 2; i >= 1; i--) {
      second[i] -= scratch[i] * second[i + 1];
    }
  }
}
