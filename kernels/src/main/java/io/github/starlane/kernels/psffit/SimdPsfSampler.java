package io.github.starlane.kernels.psffit;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector version: all pixels of a stamp share the same sub-pixel phase, hence the same four
 * weights along each axis, and the coefficients under a stamp row are contiguous in the {@link
 * PhaseGrid}.
 */
final class SimdPsfSampler implements PsfSampler {

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();
  private static final int FLOAT_LANES = FLOATS.length();

  private final SplineBasis basis;
  private final PhaseGrid grid;
  private final double[] terms;
  private final float[] roundedTerms;
  private final float[] local;
  private final double[] weightsX = new double[4];
  private final double[] weightsY = new double[4];
  private final double[] slopesX = new double[4];
  private final double[] slopesY = new double[4];
  private final int[] columns = new int[4];

  /** The part of {@link #local} that holds the present star's PSF. */
  private int firstRow;

  private int endRow;
  private int firstColumn;
  private int endColumn;

  SimdPsfSampler(SplineBasis basis) {
    this.basis = basis;
    grid = basis.phaseGrid();
    terms = new double[grid.terms];
    roundedTerms = new float[grid.terms];
    local = new float[grid.length];
    if (grid.terms == 1) {
      // A PSF that is the same everywhere is summed once and for all.
      roundedTerms[0] = 1;
      endColumn = grid.packed;
      sumRows(0, grid.size);
      endRow = grid.size;
    }
  }

  @Override
  public void place(double x, double y) {
    if (grid.terms == 1) {
      return;
    }
    basis.terms(x, y, terms);
    for (int t = 0; t < terms.length; t++) {
      roundedTerms[t] = (float) terms[t];
    }
    firstColumn = 0;
    endColumn = 0;
    firstRow = 0;
    endRow = 0;
  }

  /** Sums what is needed and has not been summed since the star was placed. */
  private void require(int rowFrom, int rowTo, int columnFrom, int columnTo) {
    int left = Math.clamp(columnFrom, 0, grid.packed);
    int right = Math.clamp(columnTo, left, grid.packed);
    if (left < firstColumn || right > endColumn) {
      // Room for the star to move by a pixel, as far as that takes no further vector.
      int width = (right - left + FLOAT_LANES) / FLOAT_LANES * FLOAT_LANES;
      firstColumn = Math.clamp(left - 1, 0, Math.max(0, grid.packed - width));
      endColumn = Math.min(grid.packed, firstColumn + width);
      firstRow = 0;
      endRow = 0;
    }
    int bottom = Math.clamp(rowFrom, 0, grid.size);
    int top = Math.clamp(rowTo, bottom, grid.size);
    if (firstRow == endRow) {
      firstRow = bottom;
      endRow = bottom;
    }
    if (bottom < firstRow) {
      sumRows(bottom, firstRow);
      firstRow = bottom;
    }
    if (top > endRow) {
      sumRows(endRow, top);
      endRow = top;
    }
  }

  /** Sums the polynomial in some grid rows, between the columns that are wanted. */
  private void sumRows(int from, int to) {
    int step = grid.terms * grid.packed;
    int width = endColumn - firstColumn;
    for (int line = from * grid.oversampling; line < to * grid.oversampling; line++) {
      int at = line * grid.columns + PhaseGrid.MARGIN + firstColumn;
      sumLine(
          grid.coefficients,
          line * step + firstColumn,
          grid.packed,
          width,
          roundedTerms,
          local,
          at);
    }
  }

  private static void sumLine(
      float[] coefficients, int from, int packed, int width, float[] terms, float[] out, int to) {
    for (int i = 0; i < width; i += FLOAT_LANES) {
      FloatVector sum = FloatVector.fromArray(FLOATS, coefficients, from + i).mul(terms[0]);
      for (int t = 1; t < terms.length; t++) {
        sum =
            FloatVector.fromArray(FLOATS, coefficients, from + t * packed + i)
                .fma(FloatVector.broadcast(FLOATS, terms[t]), sum);
      }
      sum.intoArray(out, to + i);
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
    if (stamp.width <= 0 || stamp.height <= 0) {
      return;
    }
    requireWithinMargin(stamp, baseX);
    require(
        baseY - 1,
        baseY + 3 + (stamp.height - 1) * grid.oversampling,
        Math.floorDiv(baseX - 1, grid.oversampling),
        Math.floorDiv(baseX + 2, grid.oversampling) + stamp.width);
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

  private static DoubleVector along(float[] local, int[] columns, double[] weights, int at) {
    return load(local, at + columns[0])
        .mul(weights[0])
        .add(load(local, at + columns[1]).mul(weights[1]))
        .add(load(local, at + columns[2]).mul(weights[2]))
        .add(load(local, at + columns[3]).mul(weights[3]));
  }

  private static DoubleVector load(float[] values, int at) {
    return (DoubleVector)
        FloatVector.fromArray(HALF, values, at).convertShape(VectorOperators.F2D, DOUBLES, 0);
  }
}
