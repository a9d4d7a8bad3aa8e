package io.github.starlane.kernels.aperture;

import io.github.starlane.kernels.LaneSums;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector version: the window is a product of one Gaussian along the columns and one along the
 * rows, so that it takes few exponentials.
 */
final class SimdMoments extends WindowedMoments {

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));
  private static final int LANES = DOUBLES.length();

  private final SourcePatch patch;

  /** Offsets of the columns from the centre, and the window along them. */
  private final double[] offsets;

  private final double[] window;

  SimdMoments(SourcePatch patch, ApertureParameters parameters) {
    super(parameters);
    this.patch = patch;
    offsets = new double[patch.stride + LANES];
    window = new double[patch.stride + LANES];
  }

  @Override
  void accumulate(double background) {
    double column = x - patch.x0;
    double row = y - patch.y0;
    int first = (int) Math.clamp(Math.ceil(column - radius), 0, patch.edge);
    int columns = (int) Math.clamp(Math.floor(column + radius), -1, patch.edge - 1.0) - first + 1;
    int firstRow = (int) Math.clamp(Math.ceil(row - radius), 0, patch.edge);
    int lastRow = (int) Math.clamp(Math.floor(row + radius), -1, patch.edge - 1.0);
    for (int i = 0; i < columns + LANES; i++) {
      double dx = first + i - column;
      // Beyond the last column no pixel is near enough, whatever stands there.
      offsets[i] = i < columns ? dx : 2 * radius + 1;
      window[i] = i < columns ? gauss(dx) : 0;
    }
    sumRows(first, columns, firstRow, lastRow, background);
  }

  private double gauss(double distance) {
    return Math.exp(-0.5 * distance * distance / windowVariance);
  }

  private void sumRows(int first, int columns, int firstRow, int lastRow, double background) {
    DoubleVector zero = DoubleVector.zero(DOUBLES);
    DoubleVector all = zero;
    DoubleVector byX = zero;
    DoubleVector byY = zero;
    DoubleVector byXX = zero;
    DoubleVector byYY = zero;
    DoubleVector byXY = zero;
    for (int j = firstRow; j <= lastRow; j++) {
      double dy = patch.y0 + j - y;
      double ofRow = gauss(dy);
      int from = j * patch.stride + first;
      for (int i = 0; i < columns; i += LANES) {
        DoubleVector dx = DoubleVector.fromArray(DOUBLES, offsets, i);
        DoubleVector value = toDouble(patch.values, from + i);
        VectorMask<Double> used =
            dx.mul(dx)
                .add(dy * dy)
                .compare(VectorOperators.LE, radius * radius)
                .and(value.compare(VectorOperators.EQ, value));
        DoubleVector weight = DoubleVector.fromArray(DOUBLES, window, i).mul(ofRow);
        DoubleVector light = zero.blend(value.sub(background).mul(weight), used);
        DoubleVector alongX = light.mul(dx);
        all = all.add(light);
        byX = byX.add(alongX);
        byXX = alongX.fma(dx, byXX);
        byY = light.fma(DoubleVector.broadcast(DOUBLES, dy), byY);
        byYY = light.fma(DoubleVector.broadcast(DOUBLES, dy * dy), byYY);
        byXY = alongX.fma(DoubleVector.broadcast(DOUBLES, dy), byXY);
      }
    }
    sum = LaneSums.of(all);
    sumX = LaneSums.of(byX);
    sumY = LaneSums.of(byY);
    sumXX = LaneSums.of(byXX);
    sumYY = LaneSums.of(byYY);
    sumXY = LaneSums.of(byXY);
  }

  private static DoubleVector toDouble(float[] values, int at) {
    return (DoubleVector)
        FloatVector.fromArray(HALF, values, at).convertShape(VectorOperators.F2D, DOUBLES, 0);
  }
}
