package io.github.starlane.core.source;

import io.github.starlane.kernels.psffit.PsfModel;

/** The PSF at single pixels, where speed does not matter. */
final class PsfValue {
  private PsfValue() {}

  /**
   * Fraction of a star's flux in a pixel, interpolated linearly between the model's grid points:
   * good to a few percent of the peak.
   *
   * @param x column of the star
   * @param y row of the star
   * @param column of the pixel
   * @param row of the pixel
   */
  static double at(PsfModel model, double x, double y, int column, int row) {
    int n = model.gridSize();
    double gridX = (n - 1) / 2.0 + (column - x) * model.oversampling();
    double gridY = (n - 1) / 2.0 + (row - y) * model.oversampling();
    int i = (int) Math.floor(gridX);
    int j = (int) Math.floor(gridY);
    if (i < 0 || j < 0 || i + 1 >= n || j + 1 >= n) {
      return 0;
    }
    double u = (x - model.centreX()) / model.scale();
    double v = (y - model.centreY()) / model.scale();
    double sum = 0;
    int term = 0;
    for (int total = 0; total <= model.degree(); total++) {
      for (int power = 0; power <= total; power++) {
        int at = term++ * n * n + j * n + i;
        double below = mix(model.basis()[at], model.basis()[at + 1], gridX - i);
        double above = mix(model.basis()[at + n], model.basis()[at + n + 1], gridX - i);
        sum += Math.pow(u, total - power) * Math.pow(v, power) * mix(below, above, gridY - j);
      }
    }
    return sum;
  }

  private static double mix(double a, double b, double share) {
    return a + share * (b - a);
  }
}
