package io.github.starlane.kernels.resample;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A copy of the input pixels under one vector of footprints in which what must not count is 0, so
 * that sums over it need no rules.
 */
final class LanePatch {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** Length of a row of the patch; at least LANES + 5 are used. */
  static final int STRIDE = Math.max(2, 8 / LANES + 1) * LANES;

  /** 1 for pixels that count, 0 for others. */
  final float[] good = new float[Lanczos.TAPS * STRIDE];

  /** Pixels; 0 if they don't count. */
  final float[] pixel = new float[Lanczos.TAPS * STRIDE];

  /** Variances; 0 if the pixel does not count or there are none. */
  final float[] variance = new float[Lanczos.TAPS * STRIDE];

  /** Mask bits; 0 outside and where there is no mask. */
  final int[] bits = new int[Lanczos.TAPS * STRIDE];

  private final int width;
  private final int height;
  private final float[] pixels;
  private final float[] variances;
  private final int[] mask;
  private final int badBits;

  LanePatch(int width, int height, float[] pixels, float[] variances, int[] mask, int badBits) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
    this.variances = variances;
    this.mask = mask;
    this.badBits = badBits;
  }

  /** Copies the patch whose first pixel is this one; it may lie anywhere. */
  void take(int column, int row) {
    boolean inside = column >= 0 && column + STRIDE <= width;
    for (int j = 0; j < Lanczos.TAPS; j++) {
      int to = j * STRIDE;
      if (row + j < 0 || row + j >= height) {
        clear(to, to + STRIDE);
      } else if (inside) {
        takeInside((row + j) * width + column, to);
      } else {
        takeAtEdge((row + j) * width, column, to);
      }
    }
  }

  private void takeInside(int from, int to) {
    markFinite(pixels, from, good, to);
    if (mask != null) {
      dropBad(mask, from, badBits, bits, good, to);
    }
    copyGood(pixels, from, good, pixel, to);
    if (variances != null) {
      copyGood(variances, from, good, variance, to);
    }
  }

  private static void markFinite(float[] pixels, int from, float[] good, int to) {
    for (int i = 0; i < STRIDE; i += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, pixels, from + i);
      VectorMask<Float> finite = p.abs().compare(VectorOperators.LE, Float.MAX_VALUE);
      FloatVector.zero(FLOATS).blend(1, finite).intoArray(good, to + i);
    }
  }

  private static void dropBad(int[] mask, int from, int badBits, int[] bits, float[] good, int to) {
    for (int i = 0; i < STRIDE; i += LANES) {
      IntVector m = IntVector.fromArray(INTS, mask, from + i);
      m.intoArray(bits, to + i);
      VectorMask<Integer> bad = m.and(badBits).compare(VectorOperators.NE, 0);
      FloatVector g = FloatVector.fromArray(FLOATS, good, to + i);
      g.blend(0, bad.cast(FLOATS)).intoArray(good, to + i);
    }
  }

  private static void copyGood(float[] source, int from, float[] good, float[] target, int to) {
    for (int i = 0; i < STRIDE; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, source, from + i);
      FloatVector g = FloatVector.fromArray(FLOATS, good, to + i);
      v.blend(0, g.compare(VectorOperators.EQ, 0f)).intoArray(target, to + i);
    }
  }

  private void takeAtEdge(int row, int column, int to) {
    clear(to, to + STRIDE);
    int end = Math.min(LaneFootprint.COLUMNS, width - column);
    for (int i = Math.max(0, -column); i < end; i++) {
      int from = row + column + i;
      int m = mask == null ? 0 : mask[from];
      float p = pixels[from];
      bits[to + i] = m;
      if (Math.abs(p) <= Float.MAX_VALUE && (m & badBits) == 0) {
        good[to + i] = 1;
        pixel[to + i] = p;
        variance[to + i] = variances == null ? 0 : variances[from];
      }
    }
  }

  private void clear(int from, int to) {
    Arrays.fill(good, from, to, 0);
    Arrays.fill(pixel, from, to, 0);
    Arrays.fill(variance, from, to, 0);
    Arrays.fill(bits, from, to, 0);
  }
}
