package io.github.starlane.kernels.psffit;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector version: all pixels of a stamp share the same sub-pixel phase, hence the same four
 * weights along each axis, and the coefficients under a stamp row are contiguous in the {@link
 * PhaseGrid}.
 */
final class SimdPsfSampler implements PsfSampler {

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();

  private final SplineBasis basis;
  private final PhaseGrid grid;
  private final double[] terms;
  private double[] local;
  private final double[] weightsX = new double[4];
  private final double[] weightsY = new double[4];
  private final double[] slopesX = new double[4];
  private final double[] slopesY = new double[4];
  private final int[] columns = new int[4];

  SimdPsfSampler(SplineBasis basis) {
    this.basis = basis;
    grid = basis.phaseGrid();
    terms = new double[grid.terms];
    // A PSF that is the same everywhere needs no copy.
    local = grid.terms == 1 ? grid.coefficients : new double[grid.length];
  }

  @Override
  public void place(double x, double y, int reach) {
    if (grid.terms == 1) {
      return;
    }
    basis.terms(x, y, terms);
    int middle = (grid.size - 1) / 2;
    int half = (reach + 2) * grid.oversampling;
    int from = Math.max(0, middle - half);
    int to = Math.min(grid.size - 1, middle + half);
    int first = Math.max(0, PhaseGrid.MARGIN + middle / grid.oversampling - reach - 3);
    int width = Math.min(grid.columns - first, 2 * reach + 7 + LANES);
    for (int line = from * grid.oversampling; line < (to + 1) * grid.oversampling; line++) {
      int at = line * grid.columns + first;
      polynomial(grid.coefficients, grid.length, terms, at, width, local);
    }
  }

  private static void polynomial(
      double[] coefficients, int length, double[] terms, int at, int width, double[] out) {
    int i = 0;
    for (; i <= width - LANES; i += LANES) {
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, coefficients, at + i).mul(terms[0]);
      for (int t = 1; t < terms.length; t++) {
        sum =
            DoubleVector.fromArray(DOUBLES, coefficients, t * length + at + i)
                .fma(DoubleVector.broadcast(DOUBLES, terms[t]), sum);
      }
      sum.intoArray(out, at + i);
    }
    for (; i < width; i++) {
      double sum = 0;
      for (int t = 0; t < terms.length; t++) {
        sum += terms[t] * coefficients[t * length + at + i];
      }
      out[at + i] = sum;
    }
  }

  @Override
  public void sample(double x, double y, Stamp stamp, boolean derivatives) {
    int middle = (grid.size - 1) / 2;
    double gridX = middle + (stamp.x0 - x) * grid.oversampling;
    double gridY = middle + (stamp.y0 - y) * grid.oversampling;
    int baseX = (int) Math.floor(gridX);
    int baseY = (int) Math.floor(gridY);
    SplineBasis.weights(gridX - baseX, weightsX);
    SplineBasis.slopes(gridX - baseX, slopesX);
    SplineBasis.weights(gridY - baseY, weightsY);
    SplineBasis.slopes(gridY - baseY, slopesY);
    for (int k = 0; k < 4; k++) {
      slopesX[k] *= -grid.oversampling;
      slopesY[k] *= -grid.oversampling;
      columns[k] = grid.index(0, baseX - 1 + k);
    }
    requireWithinMargin(stamp, baseX);
    for (int j = 0; j < stamp.height; j++) {
      int row = baseY - 1 + j * grid.oversampling;
      if (derivatives) {
        sampleRow(stamp, j, row);
      } else {
        sampleRowValues(stamp, j, row);
      }
    }
  }

  private void requireWithinMargin(Stamp stamp, int baseX) {
    int first = Math.floorDiv(baseX - 1, grid.oversampling) + PhaseGrid.MARGIN;
    int last = Math.floorDiv(baseX + 2, grid.oversampling) + PhaseGrid.MARGIN + stamp.stride;
    if (first < 0 || last > grid.columns) {
      throw new IllegalStateException("a stamp reaches too far beyond its star's PSF");
    }
  }

  private void sampleRow(Stamp stamp, int j, int row) {
    int lineStep = grid.oversampling * grid.columns;
    for (int i = 0; i < stamp.stride; i += LANES) {
      DoubleVector value = DoubleVector.zero(DOUBLES);
      DoubleVector byX = value;
      DoubleVector byY = value;
      for (int k = 0; k < 4; k++) {
        if (row + k >= 0 && row + k < grid.size) {
          int at = (row + k) * lineStep + i;
          DoubleVector along = along(local, columns, weightsX, at);
          DoubleVector slope = along(local, columns, slopesX, at);
          value = along.fma(DoubleVector.broadcast(DOUBLES, weightsY[k]), value);
          byX = slope.fma(DoubleVector.broadcast(DOUBLES, weightsY[k]), byX);
          byY = along.fma(DoubleVector.broadcast(DOUBLES, slopesY[k]), byY);
        }
      }
      value.intoArray(stamp.value, j * stamp.stride + i);
      byX.intoArray(stamp.byX, j * stamp.stride + i);
      byY.intoArray(stamp.byY, j * stamp.stride + i);
    }
  }

  private void sampleRowValues(Stamp stamp, int j, int row) {
    int lineStep = grid.oversampling * grid.columns;
    for (int i = 0; i < stamp.stride; i += LANES) {
      DoubleVector value = DoubleVector.zero(DOUBLES);
      for (int k = 0; k < 4; k++) {
        if (row + k >= 0 && row + k < grid.size) {
          DoubleVector along = along(local, columns, weightsX, (row + k) * lineStep + i);
          value = along.fma(DoubleVector.broadcast(DOUBLES, weightsY[k]), value);
        }
      }
      value.intoArray(stamp.value, j * stamp.stride + i);
    }
  }

  private static DoubleVector along(double[] local, int[] columns, double[] weights, int at) {
    return DoubleVector.fromArray(DOUBLES, local, at + columns[0])
        .mul(weights[0])
        .add(DoubleVector.fromArray(DOUBLES, local, at + columns[1]).mul(weights[1]))
        .add(DoubleVector.fromArray(DOUBLES, local, at + columns[2]).mul(weights[2]))
        .add(DoubleVector.fromArray(DOUBLES, local, at + columns[3]).mul(weights[3]));
  }
}
