package io.github.starlane.core.psf;

/** Elliptical Moffat profiles (Moffat 1969, A&amp;A 3, 455), integrated over pixels, on a grid. */
final class MoffatGrid {

  private MoffatGrid() {}

  /**
   * The profile of unit flux out to infinity: the grid's own sum is less by what lies beyond it.
   *
   * @param size of the grid
   * @param oversampling of the grid
   * @param xx second moment along x of the Gaussian of the same FWHM [pixel²]
   * @param yy second moment along y
   * @param xy mixed second moment
   * @param beta exponent, above 1, a multiple of 1/2
   */
  static PsfGrid of(int size, int oversampling, double xx, double yy, double xy, double beta) {
    int twiceBeta = (int) Math.rint(2 * beta);
    double determinant = xx * yy - xy * xy;
    // r² in units of the Gaussian's σ; the Moffat has the same half-maximum contour.
    double k = (Math.pow(2, 1 / beta) - 1) / (2 * Math.log(2));
    double amplitude = k * (beta - 1) / (Math.PI * Math.sqrt(determinant));
    // Cells of a lattice, an even number of them per grid step, at least eight per pixel.
    int perStep = 2 * ((3 + oversampling) / oversampling);
    int perPixel = perStep * oversampling;
    int lattice = (size - 1) * perStep + perPixel;
    double pitch = 1.0 / perPixel;
    double[] density = new double[lattice * lattice];
    for (int j = 0; 2 * j < lattice; j++) {
      double y = (j - (lattice - 1) / 2.0) * pitch;
      for (int i = 0; i < lattice; i++) {
        double x = (i - (lattice - 1) / 2.0) * pitch;
        double r2 = (yy * x * x - 2 * xy * x * y + xx * y * y) / determinant;
        double value = amplitude * falling(1 + k * r2, twiceBeta) * pitch * pitch;
        density[j * lattice + i] = value;
        density[(lattice - 1 - j) * lattice + lattice - 1 - i] = value;
      }
    }
    return boxSums(density, lattice, perPixel, perStep, new PsfGrid(size, oversampling));
  }

  /** base^(−n / 2) by multiplication, many times faster than a power of any exponent. */
  static double falling(double base, int n) {
    double factor = 1 / Math.sqrt(base);
    double result = 1;
    for (int bits = n; bits > 0; bits >>= 1) {
      result *= (bits & 1) != 0 ? factor : 1;
      factor *= factor;
    }
    return result;
  }

  /** Sums over squares of one pixel, one per grid point; along rows, then along columns. */
  private static PsfGrid boxSums(
      double[] density, int lattice, int perPixel, int perStep, PsfGrid grid) {
    double[] rows = new double[lattice * grid.size];
    for (int j = 0; j < lattice; j++) {
      for (int i = 0; i < grid.size; i++) {
        double sum = 0;
        for (int k = 0; k < perPixel; k++) {
          sum += density[j * lattice + i * perStep + k];
        }
        rows[j * grid.size + i] = sum;
      }
    }
    for (int j = 0; j < grid.size; j++) {
      for (int k = 0; k < perPixel; k++) {
        int from = (j * perStep + k) * grid.size;
        for (int i = 0; i < grid.size; i++) {
          grid.values[j * grid.size + i] += rows[from + i];
        }
      }
    }
    return grid;
  }
}
