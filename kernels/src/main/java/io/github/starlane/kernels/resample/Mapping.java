package io.github.starlane.kernels.resample;

/**
 * A smooth mapping from output to input pixels: exact at the nodes of a grid, bilinear in between.
 *
 * @param width columns of the output
 * @param height rows of the output
 * @param step distance between nodes [output pixel]; node (i, j) stands at output pixel (i · step,
 *     j · step)
 * @param columns nodes along x; {@code (columns − 1) · step ≥ width − 1}
 * @param rows nodes along y; likewise
 * @param inputX input column at each node, row-major
 * @param inputY input row at each node, row-major
 */
public record Mapping(
    int width, int height, int step, int columns, int rows, double[] inputX, double[] inputY) {

  /** Exact positions at a node. */
  @FunctionalInterface
  public interface Exact {
    /**
     * Writes the input column and row of output pixel (x, y) into {@code inputXy[0]} and {@code
     * inputXy[1]}.
     */
    void map(double x, double y, double[] inputXy);
  }

  /** Tabulates a mapping. */
  public static Mapping tabulate(int width, int height, int step, Exact exact) {
    int columns = Math.max(2, (width - 2) / step + 2);
    int rows = Math.max(2, (height - 2) / step + 2);
    double[] inputX = new double[columns * rows];
    double[] inputY = new double[columns * rows];
    double[] xy = new double[2];
    for (int j = 0; j < rows; j++) {
      for (int i = 0; i < columns; i++) {
        exact.map((double) i * step, (double) j * step, xy);
        inputX[j * columns + i] = xy[0];
        inputY[j * columns + i] = xy[1];
      }
    }
    return new Mapping(width, height, step, columns, rows, inputX, inputY);
  }
}
