package io.github.starlane.kernels.laplacian;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** A lower bound of the median-filtered variance: the least variance of the tiles around. */
final class VarianceFloor {

  /** Rows of a tile: more than a filter reaches. Its columns are those of a vector. */
  static final int ROWS = 8;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** The vector version rounds otherwise than this does. */
  private static final double ROUNDING = 1 - 1e-5;

  private final int columns;
  private final int rows;
  private final float[] least;

  VarianceFloor(WorkingImage working) {
    columns = (working.width + LANES - 1) / LANES;
    rows = (working.height + ROWS - 1) / ROWS;
    least = new float[columns * rows];
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    for (int y = 0; y < working.height; y++) {
      addRow(working.variance, working.index(0, y), least, y / ROWS * columns, columns);
    }
  }

  private static void addRow(float[] variance, int at, float[] least, int tile, int columns) {
    for (int c = 0; c < columns; c++) {
      float smallest =
          FloatVector.fromArray(FLOATS, variance, at + c * LANES).reduceLanes(VectorOperators.MIN);
      least[tile + c] = Math.min(least[tile + c], smallest);
    }
  }

  /** Takes in a pixel's new variance. */
  void lower(int x, int y, float variance) {
    int tile = y / ROWS * columns + x / LANES;
    least[tile] = Math.min(least[tile], variance);
  }

  /** For each tile of a row a bound that {@code factor} · N does not fall below. */
  void sharpestNoise(int row, double factor, float[] bounds) {
    for (int c = 0; c < columns; c++) {
      float smallest = Float.POSITIVE_INFINITY;
      for (int j = Math.max(0, row - 1); j <= Math.min(rows - 1, row + 1); j++) {
        for (int i = Math.max(0, c - 1); i <= Math.min(columns - 1, c + 1); i++) {
          smallest = Math.min(smallest, least[j * columns + i]);
        }
      }
      bounds[c] =
          (float)
              (factor * Math.sqrt(Math.max(SharpnessFilter.LEAST_VARIANCE, smallest)) * ROUNDING);
    }
  }
}
