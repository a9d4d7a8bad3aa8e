package io.github.starlane.kernels.resample;

/** One output row of a mapping: input positions and the Jacobian of every pixel. */
final class MappingRow {

  final double[] inputX;
  final double[] inputY;
  final double[] jacobian;

  MappingRow(int width) {
    inputX = new double[width];
    inputY = new double[width];
    jacobian = new double[width];
  }

  /** Fills this row with output row {@code y}. */
  void fill(Mapping mapping, int y) {
    int step = mapping.step();
    int j = Math.min(y / step, mapping.rows() - 2);
    double v = (double) (y - j * step) / step;
    for (int i = 0; i < mapping.columns() - 1; i++) {
      int from = i * step;
      int to =
          i == mapping.columns() - 2 ? mapping.width() : Math.min(from + step, mapping.width());
      fillCell(mapping, j * mapping.columns() + i, v, from, to);
    }
  }

  private void fillCell(Mapping mapping, int node, double v, int from, int to) {
    double[] nodeX = mapping.inputX();
    double[] nodeY = mapping.inputY();
    int below = node + mapping.columns();
    double step = mapping.step();
    double leftX = nodeX[node] + v * (nodeX[below] - nodeX[node]);
    double leftY = nodeY[node] + v * (nodeY[below] - nodeY[node]);
    double rightX = nodeX[node + 1] + v * (nodeX[below + 1] - nodeX[node + 1]);
    double rightY = nodeY[node + 1] + v * (nodeY[below + 1] - nodeY[node + 1]);
    double xPerX = (rightX - leftX) / step;
    double yPerX = (rightY - leftY) / step;
    double leftXPerY = (nodeX[below] - nodeX[node]) / step;
    double leftYPerY = (nodeY[below] - nodeY[node]) / step;
    double rightXPerY = (nodeX[below + 1] - nodeX[node + 1]) / step;
    double rightYPerY = (nodeY[below + 1] - nodeY[node + 1]) / step;
    for (int x = from; x < to; x++) {
      double u = (x - from) / step;
      inputX[x] = leftX + (x - from) * xPerX;
      inputY[x] = leftY + (x - from) * yPerX;
      double xPerY = leftXPerY + u * (rightXPerY - leftXPerY);
      double yPerY = leftYPerY + u * (rightYPerY - leftYPerY);
      jacobian[x] = Math.abs(xPerX * yPerY - xPerY * yPerX);
    }
  }
}
