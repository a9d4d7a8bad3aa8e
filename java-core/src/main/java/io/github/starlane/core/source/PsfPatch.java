package io.github.starlane.core.source;

import io.github.starlane.kernels.psffit.PsfModel;

/**
 * The PSF around one place of an image, for small windows on the host: interpolated linearly
 * between grid points, which at four of them per pixel is good to 1 % of the peak.
 */
final class PsfPatch {
  private final int oversampling;
  private final int half;
  private final int size;
  private final double[] grid;

  /**
   * Evaluates the polynomial once.
   *
   * @param x column [pixel]
   * @param y row [pixel]
   * @param reach values farther out are 0 [pixel]
   */
  PsfPatch(PsfModel model, double x, double y, int reach) {
    oversampling = model.oversampling();
    int middle = (model.gridSize() - 1) / 2;
    half = Math.min(middle, (reach + 1) * oversampling);
    size = 2 * half + 1;
    grid = new double[size * size];
    double u = (x - model.centreX()) / model.scale();
    double v = (y - model.centreY()) / model.scale();
    int term = 0;
    for (int total = 0; total <= model.degree(); total++) {
      for (int power = 0; power <= total; power++) {
        add(model, term++, Math.pow(u, total - power) * Math.pow(v, power), middle - half);
      }
    }
  }

  private void add(PsfModel model, int term, double factor, int offset) {
    int n = model.gridSize();
    for (int j = 0; j < size; j++) {
      int from = (term * n + j + offset) * n + offset;
      for (int i = 0; i < size; i++) {
        grid[j * size + i] += factor * model.basis()[from + i];
      }
    }
  }

  private PsfPatch(int oversampling, int half, double[] grid) {
    this.oversampling = oversampling;
    this.half = half;
    this.size = 2 * half + 1;
    this.grid = grid;
  }

  /** The same with a shorter reach. */
  PsfPatch within(int reach) {
    int inner = Math.min(half, (reach + 1) * oversampling);
    int edge = 2 * inner + 1;
    double[] cut = new double[edge * edge];
    for (int j = 0; j < edge; j++) {
      int from = (j + half - inner) * size + half - inner;
      System.arraycopy(grid, from, cut, j * edge, edge);
    }
    return new PsfPatch(oversampling, inner, cut);
  }

  /** Fraction of a star's flux in the pixel that lies so far from it. */
  double at(double dx, double dy) {
    double gridX = half + dx * oversampling;
    double gridY = half + dy * oversampling;
    int i = (int) Math.floor(gridX);
    int j = (int) Math.floor(gridY);
    if (i < 0 || j < 0 || i + 1 >= size || j + 1 >= size) {
      return 0;
    }
    int k = j * size + i;
    double u = gridX - i;
    double below = grid[k] + u * (grid[k + 1] - grid[k]);
    double above = grid[k + size] + u * (grid[k + size + 1] - grid[k + size]);
    return below + (gridY - j) * (above - below);
  }

  /** It is 0 farther out than this [pixel]. */
  int reach() {
    return half / oversampling;
  }
}
