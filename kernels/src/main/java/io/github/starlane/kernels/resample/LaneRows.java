package io.github.starlane.kernels.resample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/** Input and scratch of one call of {@link SimdResample}, which works row by row. */
final class LaneRows {

  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /** Vectors whose weights are made in one go: few enough for the first cache. */
  static final int PART = 16;

  /**
   * Vectors of a strip of a pure shift. More and its rows leave the first cache; fewer, and sums
   * along columns are read back before they have left the store buffer, which stalls.
   */
  private static final int STRIP = 64;

  private final int width;
  private final int height;
  private final int outWidth;
  private final int vectors;
  private final float[] pixels;
  private final float[] variances;
  private final int[] mask;
  private final Mapping mapping;
  private final ResampleParameters parameters;
  private final LanePositions positions;
  private final LaneRuns runs;

  /** Sums over the row at hand. */
  private final float[] value;

  /** Sums over the row at hand of variances. */
  private final float[] noise;

  /** Inherited mask bits of the row at hand. */
  private final int[] bits;

  /** Whether the Jacobian matters. */
  private boolean scales;

  /** Sums along columns. */
  private final float[] columns;

  /** For each vector the index of the first pixel under it; negative if its sums won't do. */
  private final int[] starts;

  private final float[] wx = new float[LaneWeights.size(PART * LANES)];
  private final float[] wy = new float[LaneWeights.size(PART * LANES)];
  private final float[] squaredX = new float[LaneWeights.size(LANES)];
  private final float[] squaredY = new float[LaneWeights.size(LANES)];

  LaneRows(
      int width,
      int height,
      float[] pixels,
      float[] variances,
      int[] mask,
      Mapping mapping,
      ResampleParameters parameters) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
    this.variances = variances;
    this.mask = mask;
    this.mapping = mapping;
    this.parameters = parameters;
    outWidth = mapping.width();
    vectors = (outWidth + LANES - 1) / LANES;
    positions = new LanePositions(mapping);
    runs =
        new LaneRuns(
            width, height, pixels, variances, mask, parameters, positions, outWidth, wx, wy);
    value = new float[vectors * LANES];
    noise = new float[vectors * LANES];
    bits = new int[vectors * LANES];
    columns = new float[(STRIP + 2) * LANES];
    starts = new int[vectors];
  }

  void resample(float[] out, float[] outVariance, int[] outMask) {
    double[] shift = LaneShift.of(mapping);
    scales = parameters.conserveFlux() && shift == null;
    Pass[] passes = passes(shift != null);
    if (shift != null) {
      resampleShifted(shift[0], shift[1], passes, out, outVariance, outMask);
      return;
    }
    for (int y = 0; y < mapping.height(); y++) {
      positions.fill(y);
      for (int v = 0; v < vectors; v += PART) {
        run(passes, v, Math.min(v + PART, vectors));
      }
      store(y, 0, outWidth, out, outVariance, outMask);
    }
  }

  /** Strip by strip, so that the six rows under a row of the strip stay in the first cache. */
  private void resampleShifted(
      double shiftX,
      double shiftY,
      Pass[] passes,
      float[] out,
      float[] outVariance,
      int[] outMask) {
    positions.fillShift(shiftX, shiftY);
    LaneWeights.fill(positions.phaseX, positions.phaseY, 0, PART * LANES, wx, wy);
    LaneWeights.square(wx, squaredX);
    LaneWeights.square(wy, squaredY);
    for (int v = 0; v < vectors; v += STRIP) {
      int last = Math.min(v + STRIP, vectors);
      int end = Math.min(last * LANES, outWidth);
      for (int y = 0; y < mapping.height(); y++) {
        positions.fillShiftedRow((int) Math.floor(shiftY) + y, v * LANES, last * LANES);
        run(passes, v, last);
        store(y, v * LANES, end, out, outVariance, outMask);
      }
    }
  }

  private static void run(Pass[] passes, int first, int last) {
    for (Pass pass : passes) {
      pass.run(first, last);
    }
  }

  /**
   * One step on the vectors from {@code first} to before {@code last} of the row at hand.
   *
   * <p>Steps are called through this interface so that C2 compiles them one by one: inlined into
   * one method they exceed its budget, and vectors become objects on the heap.
   */
  @FunctionalInterface
  private interface Pass {
    void run(int first, int last);
  }

  private Pass[] passes(boolean shift) {
    List<Pass> passes = new ArrayList<>();
    if (shift) {
      passes.add((first, last) -> positions.shiftedStarts(width, height, starts, first, last));
      passes.add((first, last) -> sumShifted(pixels, wx, wy, first, last, value));
      if (variances != null) {
        passes.add((first, last) -> sumShifted(variances, squaredX, squaredY, first, last, noise));
      }
    } else {
      passes.add((first, last) -> positions.starts(width, height, starts, first, last));
      passes.add(this::weigh);
      passes.add(this::sumPixels);
      if (variances != null) {
        passes.add(this::sumVariances);
      }
    }
    if (mask != null) {
      passes.add(this::dropFlagged);
    }
    passes.add(this::sumRuns);
    return passes.toArray(Pass[]::new);
  }

  private void weigh(int first, int last) {
    float[] x = positions.phaseX;
    float[] y = positions.phaseY;
    LaneWeights.fill(x, y, first * LANES, last * LANES, wx, wy);
  }

  private void sumPixels(int first, int last) {
    LaneFootprint.sums(pixels, starts, first, last, width, wx, wy, value);
  }

  private void sumVariances(int first, int last) {
    LaneFootprint.sumsSquared(variances, starts, first, last, width, wx, wy, noise);
  }

  private void dropFlagged(int first, int last) {
    Arrays.fill(bits, first * LANES, last * LANES, 0);
    LaneFootprint.dropFlagged(mask, starts, first, last, width);
  }

  private void sumRuns(int first, int last) {
    for (int v = first; v < last; v++) {
      if (starts[v] < 0) {
        int weights = v % PART * LaneWeights.size(LANES);
        runs.resample(v * LANES, weights, value, noise, bits);
      }
    }
  }

  private void sumShifted(float[] plane, float[] x, float[] y, int first, int last, float[] out) {
    int from = first;
    int to = last;
    while (from < to && starts[from] < 0) {
      from++;
    }
    while (to > from && starts[to - 1] < 0) {
      to--;
    }
    LaneShift.sums(plane, starts, from, to, width, x, y, columns, out);
  }

  private void store(int y, int from, int end, float[] out, float[] outVariance, int[] outMask) {
    int to = y * outWidth;
    if (outMask != null) {
      for (int x = from; x < end; x++) {
        outMask[to + x] = bits[x] | (Float.isNaN(value[x]) ? parameters.emptyBit() : 0);
      }
    }
    if (!scales) {
      System.arraycopy(value, from, out, to + from, end - from);
      if (outVariance != null) {
        System.arraycopy(noise, from, outVariance, to + from, end - from);
      }
      return;
    }
    float[] jacobian = positions.jacobian;
    multiply(value, jacobian, from, end, out, to);
    if (outVariance != null) {
      multiply(noise, jacobian, from, end, noise, 0);
      multiply(noise, jacobian, from, end, outVariance, to);
    }
  }

  private static void multiply(float[] a, float[] b, int from, int end, float[] out, int to) {
    for (int x = from; x < end; x++) {
      out[to + x] = a[x] * b[x];
    }
  }
}
