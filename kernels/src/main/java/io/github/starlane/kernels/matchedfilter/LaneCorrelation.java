package io.github.starlane.kernels.matchedfilter;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Direct correlation, four output rows and two vectors of columns at a time: what is loaded once
 * counts in up to four rows, and eight independent sums hide the latency of the multiply–add.
 */
final class LaneCorrelation {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** Output rows at a time. */
  static final int ROWS = 4;

  /** Output columns at a time. */
  static final int COLUMNS = 2 * LANES;

  private LaneCorrelation() {}

  /** A template with the rows of zeros above and below that {@link #block} wants. */
  static float[] frame(float[] values, int size) {
    float[] framed = new float[(size + 2 * (ROWS - 1)) * size];
    System.arraycopy(values, 0, framed, (ROWS - 1) * size, values.length);
    return framed;
  }

  /**
   * Correlates one block of outputs.
   *
   * @param from index of the pixel under the template's first value for the block's first output
   * @param framed as {@link #frame} makes it
   * @param out receives the first row at {@code to}, the next ones {@code outStride} on
   */
  static void block(
      float[] plane,
      int from,
      int stride,
      float[] framed,
      int size,
      float[] out,
      int to,
      int outStride) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    // One loop, not one for rows around one for columns: sums that go through two loops are now and
    // then left as objects on the heap by C2, ten times slower.
    int at = from;
    int column = 0;
    int above = (ROWS - 1) * size;
    for (int k = above; k < framed.length; k++) {
      FloatVector left = FloatVector.fromArray(FLOATS, plane, at);
      FloatVector right = FloatVector.fromArray(FLOATS, plane, at + LANES);
      FloatVector p = FloatVector.broadcast(FLOATS, framed[k]);
      a0 = left.fma(p, a0);
      a1 = right.fma(p, a1);
      p = FloatVector.broadcast(FLOATS, framed[k - size]);
      b0 = left.fma(p, b0);
      b1 = right.fma(p, b1);
      p = FloatVector.broadcast(FLOATS, framed[k - 2 * size]);
      c0 = left.fma(p, c0);
      c1 = right.fma(p, c1);
      p = FloatVector.broadcast(FLOATS, framed[k - above]);
      d0 = left.fma(p, d0);
      d1 = right.fma(p, d1);
      at++;
      column++;
      if (column == size) {
        column = 0;
        at += stride - size;
      }
    }
    a0.intoArray(out, to);
    a1.intoArray(out, to + LANES);
    b0.intoArray(out, to + outStride);
    b1.intoArray(out, to + outStride + LANES);
    c0.intoArray(out, to + 2 * outStride);
    c1.intoArray(out, to + 2 * outStride + LANES);
    d0.intoArray(out, to + 3 * outStride);
    d1.intoArray(out, to + 3 * outStride + LANES);
  }
}
