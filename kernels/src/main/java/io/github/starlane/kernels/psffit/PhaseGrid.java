package io.github.starlane.kernels.psffit;

/**
 * The spline coefficients sorted by sub-pixel phase: neighbouring pixels of a stamp row stand
 * {@code oversampling} grid points apart, and here side by side.
 *
 * <p>A line holds the columns of one grid row and one phase. Of the coefficients, the polynomial's
 * terms follow one another line by line, so that a star's PSF is summed in one sweep over memory;
 * of the sum, each line has a margin of zeros on both sides, which takes loads beyond the grid.
 */
final class PhaseGrid {

  /** Zeros before and after each line of a sum: as far as a stamp may reach beyond the grid. */
  static final int MARGIN = 24;

  /** Lines of coefficients are padded to a multiple of this: longer than any vector of floats. */
  private static final int PADDING = 16;

  final int size;
  final int oversampling;
  final int terms;

  /** Columns of a line of coefficients, padding included. */
  final int packed;

  /** Columns of a line of a sum, margins included. */
  final int columns;

  /** Length of a sum. */
  final int length;

  /**
   * Coefficients: line, term, column; in float32, which is what the model has, because reading them
   * is most of the time that a star takes.
   */
  final float[] coefficients;

  PhaseGrid(SplineBasis basis) {
    size = basis.model.gridSize();
    oversampling = basis.model.oversampling();
    terms = basis.model.terms();
    int used = (size + oversampling - 1) / oversampling;
    packed = (used + PADDING - 1) / PADDING * PADDING;
    columns = packed + 2 * MARGIN;
    length = size * oversampling * columns;
    coefficients = new float[size * oversampling * terms * packed];
    for (int t = 0; t < terms; t++) {
      for (int r = 0; r < size; r++) {
        for (int g = 0; g < size; g++) {
          int line = r * oversampling + g % oversampling;
          coefficients[(line * terms + t) * packed + g / oversampling] =
              (float) basis.coefficients[(t * size + r) * size + g];
        }
      }
    }
  }

  /** Where a grid point stands in a sum; columns beyond the grid are in the margin. */
  int index(int row, int column) {
    int phase = Math.floorMod(column, oversampling);
    return (row * oversampling + phase) * columns + MARGIN + Math.floorDiv(column, oversampling);
  }
}
