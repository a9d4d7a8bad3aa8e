package io.github.starlane.kernels.aperture;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The square of pixels around a source, copied out once so that nothing that is measured on it has
 * to ask for edges or masks: what does not count is NaN. Rows have room for a vector behind their
 * end. Mutable.
 */
final class SourcePatch {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** Columns and rows. */
  final int edge;

  final int stride;

  /** Column and row of the first pixel in the image. */
  int x0;

  int y0;

  final float[] values;
  final float[] variances;

  private final GoodPixels pixels;
  private final int reach;

  /**
   * A patch.
   *
   * @param reach it holds all pixels whose centres are this near to the source [pixel]
   */
  SourcePatch(GoodPixels pixels, double reach) {
    this.pixels = pixels;
    this.reach = (int) Math.ceil(reach);
    edge = 2 * this.reach + 2;
    stride = (edge + 2 * LANES - 1) / LANES * LANES;
    values = new float[edge * stride];
    variances = new float[edge * stride];
    Arrays.fill(values, Float.NaN);
  }

  /** Copies the surroundings of a position. */
  void turnTo(double x, double y) {
    // Far outside of the image nothing counts, and nothing must overflow.
    x0 = (int) Math.clamp(Math.floor(x), -1e6, 1e6 + pixels.width) - reach;
    y0 = (int) Math.clamp(Math.floor(y), -1e6, 1e6 + pixels.height) - reach;
    boolean inside = x0 >= 0 && x0 + edge <= pixels.width && edge >= LANES;
    for (int j = 0; j < edge; j++) {
      int row = y0 + j;
      if (row < 0 || row >= pixels.height) {
        Arrays.fill(values, j * stride, j * stride + edge, Float.NaN);
      } else if (inside) {
        copyRow(row * pixels.width + x0, j * stride);
      } else {
        copyClippedRow(row, j * stride);
      }
    }
  }

  private void copyRow(int from, int to) {
    for (int i = 0; i < edge; i += LANES) {
      int at = Math.min(i, edge - LANES);
      copyVector(pixels, from + at, values, variances, to + at);
    }
  }

  private static void copyVector(
      GoodPixels pixels, int from, float[] values, float[] variances, int to) {
    FloatVector value = FloatVector.fromArray(FLOATS, pixels.pixels, from);
    FloatVector variance = FloatVector.fromArray(FLOATS, pixels.variances, from);
    VectorMask<Float> good =
        value
            .abs()
            .compare(VectorOperators.LE, Float.MAX_VALUE)
            .and(variance.abs().compare(VectorOperators.LE, Float.MAX_VALUE));
    if (pixels.mask != null) {
      IntVector bits = IntVector.fromArray(INTS, pixels.mask, from).and(pixels.badBits);
      good = good.and(bits.compare(VectorOperators.EQ, 0).cast(FLOATS));
    }
    FloatVector.broadcast(FLOATS, Float.NaN).blend(value, good).intoArray(values, to);
    variance.intoArray(variances, to);
  }

  private void copyClippedRow(int row, int to) {
    for (int i = 0; i < edge; i++) {
      int column = x0 + i;
      boolean good = column >= 0 && column < pixels.width && pixels.isGood(column, row);
      values[to + i] = good ? pixels.value(column, row) : Float.NaN;
      variances[to + i] = good ? pixels.variance(column, row) : 0;
    }
  }
}
