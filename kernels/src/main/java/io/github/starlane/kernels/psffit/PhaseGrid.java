package io.github.starlane.kernels.psffit;

/**
 * The spline coefficients sorted by sub-pixel phase: neighbouring pixels of a stamp row stand
 * {@code oversampling} grid points apart, and here side by side.
 *
 * <p>Grid column g of grid row r stands at {@code ((r * oversampling) + g mod oversampling) *
 * columns + MARGIN + g div oversampling}; a margin of zeros on both sides takes loads beyond the
 * grid.
 */
final class PhaseGrid {

  /** Zeros before and after each line: as far as a stamp may reach beyond the grid, in pixels. */
  static final int MARGIN = 24;

  final int size;
  final int oversampling;
  final int columns;
  final int length;
  final int terms;

  /** {@code terms * length} coefficients. */
  final double[] coefficients;

  PhaseGrid(SplineBasis basis) {
    size = basis.model.gridSize();
    oversampling = basis.model.oversampling();
    terms = basis.model.terms();
    columns = (size + oversampling - 1) / oversampling + 2 * MARGIN;
    length = size * oversampling * columns;
    coefficients = new double[terms * length];
    for (int t = 0; t < terms; t++) {
      for (int r = 0; r < size; r++) {
        for (int g = 0; g < size; g++) {
          coefficients[t * length + index(r, g)] = basis.coefficients[(t * size + r) * size + g];
        }
      }
    }
  }

  /** Where a grid point stands; columns beyond the grid are in the margin. */
  int index(int row, int column) {
    int phase = Math.floorMod(column, oversampling);
    return (row * oversampling + phase) * columns + MARGIN + Math.floorDiv(column, oversampling);
  }
}
