package io.github.starlane.kernels.resample;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * One output row of a mapping, for vectors: input pixel, phase and Jacobian of every output pixel.
 *
 * <p>Within a cell of the mapping a position is a whole pixel, plus the output pixel's number, plus
 * a small remainder that is linear in that number. Only the remainder is a float, so that a phase
 * is good to about 1e-6 pixel wherever in the image it is.
 */
final class LanePositions {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final IntVector COUNT = IntVector.zero(INTS).addIndex(1);
  private static final FloatVector FLOAT_COUNT = FloatVector.zero(FLOATS).addIndex(1);

  /** Added to a float within ± 2²², it leaves the nearest whole number in the last bits. */
  private static final float WHOLE = 3 << 22;

  private static final int WHOLE_BITS = Float.floatToRawIntBits(WHOLE);

  /** Positions beyond are far from every image and would not survive the arithmetic of floats. */
  static final double FAR = 1 << 21;

  /** Where the footprint of a pixel that looks nowhere is said to be. */
  private static final int NOWHERE = -1000;

  /** Floor of the input column. */
  final int[] column;

  /** Floor of the input row. */
  final int[] row;

  /** Input column minus its floor, 0 … 1. */
  final float[] phaseX;

  /** Input row minus its floor, 0 … 1. */
  final float[] phaseY;

  final float[] jacobian;

  private final Mapping mapping;

  LanePositions(Mapping mapping) {
    this.mapping = mapping;
    // A vector may begin at any node, and weights are made for whole parts.
    int length = mapping.width() + LaneRows.PART * LANES;
    column = new int[length];
    row = new int[length];
    phaseX = new float[length];
    phaseY = new float[length];
    jacobian = new float[length];
  }

  /** Fills in output row {@code y}. */
  void fill(int y) {
    int step = mapping.step();
    int columns = mapping.columns();
    int j = Math.min(y / step, mapping.rows() - 2);
    double v = (double) (y - j * step) / step;
    for (int i = 0; i < columns - 1; i++) {
      int from = i * step;
      int to = i == columns - 2 ? mapping.width() : Math.min(from + step, mapping.width());
      if (from < to) {
        fillCell(j * columns + i, v, from, to);
      }
    }
  }

  /**
   * Index of the first pixel under each vector that looks at consecutive columns of one row and
   * whose footprint lies inside the image; −1 for other vectors.
   */
  void starts(int width, int height, int[] starts, int from, int to) {
    int[] columns = column;
    int[] rows = row;
    for (int v = from; v < to; v++) {
      int x = v * LANES;
      int first = columns[x] - 2;
      int below = rows[x] - 2;
      boolean inside =
          first >= 0
              && first + LaneFootprint.COLUMNS <= width
              && below >= 0
              && below + Lanczos.TAPS <= height;
      starts[v] = inside && isRun(columns, rows, x) ? below * width + first : -1;
    }
  }

  /** The same as {@link #starts} in a row of a pure shift, where every vector is a run. */
  void shiftedStarts(int width, int height, int[] starts, int from, int to) {
    int below = row[from * LANES] - 2;
    int first = column[0] - 2;
    boolean inside = below >= 0 && below + Lanczos.TAPS <= height;
    for (int v = from; v < to; v++) {
      int x = first + v * LANES;
      boolean run = inside && x >= 0 && x + LaneFootprint.COLUMNS <= width;
      starts[v] = run ? below * width + x : -1;
    }
  }

  private static boolean isRun(int[] columns, int[] rows, int x) {
    IntVector off = IntVector.fromArray(INTS, columns, x).sub(COUNT.add(columns[x]));
    IntVector offRow = IntVector.fromArray(INTS, rows, x).sub(IntVector.broadcast(INTS, rows[x]));
    return off.or(offRow).compare(VectorOperators.EQ, 0).allTrue();
  }

  private void fillCell(int node, double v, int from, int to) {
    double[] nodeX = mapping.inputX();
    double[] nodeY = mapping.inputY();
    double step = mapping.step();
    int below = node + mapping.columns();
    double x = nodeX[node] + v * (nodeX[below] - nodeX[node]);
    double y = nodeY[node] + v * (nodeY[below] - nodeY[node]);
    double xPerX = (nodeX[node + 1] + v * (nodeX[below + 1] - nodeX[node + 1]) - x) / step;
    double yPerX = (nodeY[node + 1] + v * (nodeY[below + 1] - nodeY[node + 1]) - y) / step;
    double reach = Math.max(step, to - from);
    // Written so that NaN fails.
    boolean near =
        Math.abs(x) + Math.abs(xPerX) * reach < FAR && Math.abs(y) + Math.abs(yPerX) * reach < FAR;
    if (near) {
      axis(x, xPerX, 1, from, to, column, phaseX);
      axis(y, yPerX, 0, from, to, row, phaseY);
    } else {
      exactAxis(x, xPerX, from, to, column, phaseX);
      exactAxis(y, yPerX, from, to, row, phaseY);
    }
    double xPerY = (nodeX[below] - nodeX[node]) / step;
    double yPerY = (nodeY[below] - nodeY[node]) / step;
    double xPerYChange = ((nodeX[below + 1] - nodeX[node + 1]) / step - xPerY) / step;
    double yPerYChange = ((nodeY[below + 1] - nodeY[node + 1]) / step - yPerY) / step;
    jacobians(
        (float) (xPerX * yPerY - xPerY * yPerX),
        (float) (xPerX * yPerYChange - xPerYChange * yPerX),
        from,
        to);
  }

  /**
   * Positions along one axis.
   *
   * @param unit what the position advances by per output pixel where the scale is 1: 1 or 0
   */
  private static void axis(
      double start, double slope, int unit, int from, int to, int[] whole, float[] phase) {
    int base = (int) Math.floor(start);
    FloatVector first = FloatVector.broadcast(FLOATS, (float) (start - base));
    FloatVector drift = FloatVector.broadcast(FLOATS, (float) (slope - unit));
    for (int x = from; x < to; x += LANES) {
      int k = x - from;
      FloatVector rest = FLOAT_COUNT.add(k).fma(drift, first);
      // Next to a whole number rounding may choose either side: the phase is then 0 or 1.
      FloatVector shifted = rest.sub(0.5f).add(WHOLE);
      rest.sub(shifted.sub(WHOLE)).intoArray(phase, x);
      IntVector floor = shifted.reinterpretAsInts().add(base + k * unit - WHOLE_BITS);
      (unit == 0 ? floor : floor.add(COUNT)).intoArray(whole, x);
    }
  }

  private static void exactAxis(
      double start, double slope, int from, int to, int[] whole, float[] phase) {
    for (int x = from; x < to; x++) {
      double position = start + (x - from) * slope;
      boolean near = Math.abs(position) < FAR;
      double floor = near ? Math.floor(position) : NOWHERE;
      whole[x] = (int) floor;
      phase[x] = near ? (float) (position - floor) : 0;
    }
  }

  private void jacobians(float first, float change, int from, int to) {
    FloatVector start = FloatVector.broadcast(FLOATS, first);
    FloatVector slope = FloatVector.broadcast(FLOATS, change);
    for (int x = from; x < to; x += LANES) {
      FLOAT_COUNT.add(x - from).fma(slope, start).abs().intoArray(jacobian, x);
    }
  }

  /** Fills in what all rows of a pure shift have in common; (x, y) is where pixel (0, 0) looks. */
  void fillShift(double x, double y) {
    int first = (int) Math.floor(x);
    for (int k = 0; k < column.length; k++) {
      column[k] = first + k;
    }
    Arrays.fill(phaseX, (float) (x - first));
    Arrays.fill(phaseY, (float) (y - Math.floor(y)));
  }

  /** Fills in the rest of a part of a row of a pure shift: the floor of where it looks. */
  void fillShiftedRow(int floor, int from, int to) {
    Arrays.fill(row, from, to, floor);
  }
}
