package io.github.starlane.kernels.resample;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The output vectors that are no single run of good pixels inside the image: worked through run by
 * run, each by plain sums where they do and by {@link LaneRules} where not, and blended.
 *
 * <p>Between methods vectors go through little arrays: what does not inline would box them.
 */
final class LaneRuns {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final IntVector COUNT = IntVector.zero(INTS).addIndex(1);

  private final int width;
  private final int height;
  private final int outWidth;
  private final float[] pixels;
  private final float[] variances;
  private final int[] mask;
  private final ResampleParameters parameters;
  private final LanePositions positions;
  private final LanePatch patch;
  private final float[] wx;
  private final float[] wy;
  private final float[] runValue = new float[LANES];
  private final float[] runNoise = new float[LANES];
  private final int[] runBits = new int[LANES];

  LaneRuns(
      int width,
      int height,
      float[] pixels,
      float[] variances,
      int[] mask,
      ResampleParameters parameters,
      LanePositions positions,
      int outWidth,
      float[] wx,
      float[] wy) {
    this.wx = wx;
    this.wy = wy;
    this.width = width;
    this.height = height;
    this.outWidth = outWidth;
    this.pixels = pixels;
    this.variances = variances;
    this.mask = mask;
    this.parameters = parameters;
    this.positions = positions;
    patch = new LanePatch(width, height, pixels, variances, mask, parameters.badBits());
  }

  /** Sums the output pixels from x on, a vector of them, whose weights begin at {@code at}. */
  void resample(int x, int at, float[] value, float[] noise, int[] bits) {
    FloatVector.broadcast(FLOATS, Float.NaN).intoArray(value, x);
    FloatVector.broadcast(FLOATS, Float.NaN).intoArray(noise, x);
    long left = -1L >>> (64 - Math.min(LANES, outWidth - x));
    left &= touching(positions.column, x, width) & touching(positions.row, x, height);
    while (left != 0) {
      int lane = Long.numberOfTrailingZeros(left);
      int column = positions.column[x + lane] - lane;
      int row = positions.row[x + lane];
      long here = run(positions.column, positions.row, x, column, row) & left;
      if (!sum(column - 2, row - 2, here, at)) {
        sumByRules(column - 2, row - 2, at);
        blend(runBits, bits, x, here);
      }
      blend(runValue, value, x, here);
      blend(runNoise, noise, x, here);
      left &= ~here;
    }
  }

  /** The lanes whose footprint has a part in the image along this axis. */
  private static long touching(int[] floors, int x, int length) {
    IntVector floor = IntVector.fromArray(INTS, floors, x);
    return floor
        .compare(VectorOperators.GT, -Lanczos.TAPS / 2 - 1)
        .and(floor.compare(VectorOperators.LT, length + Lanczos.TAPS / 2 - 1))
        .toLong();
  }

  /** The lanes that look at consecutive columns, lane 0 at the given one, of this row. */
  private static long run(int[] columns, int[] rows, int x, int column, int row) {
    IntVector off = IntVector.fromArray(INTS, columns, x).sub(COUNT).sub(column);
    IntVector offRow = IntVector.fromArray(INTS, rows, x).sub(row);
    return off.or(offRow).compare(VectorOperators.EQ, 0).toLong();
  }

  /** Plain sums, lane 0's first tap being this pixel; false if the rules are needed. */
  private boolean sum(int column, int row, long lanes, int at) {
    boolean inside =
        column >= 0
            && column + LaneFootprint.COLUMNS <= width
            && row >= 0
            && row + Lanczos.TAPS <= height;
    int from = row * width + column;
    if (!inside || (mask != null && LaneFootprint.anyBit(mask, from, width))) {
      return false;
    }
    LaneFootprint.sum(pixels, from, width, wx, wy, at, runValue);
    if (variances != null) {
      LaneFootprint.sumSquared(variances, from, width, wx, wy, at, runNoise);
    }
    return isFinite(runValue, lanes) && (variances == null || isFinite(runNoise, lanes));
  }

  private void sumByRules(int column, int row, int at) {
    patch.take(column, row);
    LaneRules.sum(patch, wx, wy, at, runValue, runNoise);
    if (mask != null && parameters.maskRule() == ResampleParameters.MaskRule.NEAREST) {
      LaneRules.nearest(patch, wx, wy, at, runBits);
    } else if (mask != null) {
      LaneRules.touched(patch, wx, wy, at, (float) parameters.maskWeight(), runBits);
    }
  }

  private static boolean isFinite(float[] values, long lanes) {
    return FloatVector.fromArray(FLOATS, values, 0)
        .abs()
        .compare(VectorOperators.LE, Float.MAX_VALUE)
        .or(VectorMask.fromLong(FLOATS, ~lanes))
        .allTrue();
  }

  private static void blend(float[] from, float[] to, int x, long lanes) {
    FloatVector found = FloatVector.fromArray(FLOATS, from, 0);
    FloatVector.fromArray(FLOATS, to, x)
        .blend(found, VectorMask.fromLong(FLOATS, lanes))
        .intoArray(to, x);
  }

  private static void blend(int[] from, int[] to, int x, long lanes) {
    IntVector found = IntVector.fromArray(INTS, from, 0);
    IntVector.fromArray(INTS, to, x)
        .blend(found, VectorMask.fromLong(INTS, lanes))
        .intoArray(to, x);
  }
}
