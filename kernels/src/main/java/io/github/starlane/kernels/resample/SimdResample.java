package io.github.starlane.kernels.resample;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.LaneSums;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector version: the six taps of a row are one vector of eight lanes (two of weight 0), loaded
 * contiguously; weights come from a table of phases, interpolated linearly. Pixels whose eight
 * columns do not lie inside the image go to the plain version.
 */
public final class SimdResample implements Resample {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final int LANES = 8;

  @Override
  public void resample(
      Plane image,
      Plane variance,
      MaskPlane mask,
      Mapping mapping,
      ResampleParameters parameters,
      Plane out,
      Plane outVariance,
      MaskPlane outMask) {
    ResampleChecks.require(image, variance, mask, mapping, out, outVariance, outMask);
    Run run = new Run(image, variance, mask, mapping, parameters);
    for (int y = 0; y < mapping.height(); y++) {
      run.values(y, HostPlane.pixels(out));
      if (outVariance != null) {
        run.variances(y, HostPlane.pixels(outVariance));
      }
      run.redo(y, HostPlane.pixels(out), HostPlane.pixelsOrNull(outVariance));
      if (outMask != null) {
        run.masks(y, HostMaskPlane.bits(outMask), HostPlane.pixels(out));
      }
    }
  }

  /** Input, table and scratch of one call. */
  private static final class Run {

    private final int width;
    private final int height;
    private final int outWidth;
    private final float[] pixels;
    private final float[] variances;
    private final int[] mask;
    private final Mapping mapping;
    private final ResampleParameters parameters;
    private final Footprint exact;
    private final MappingRow row;

    /** Where the footprint of each output pixel of the row begins; −1 for the plain version. */
    private final int[] start;

    private final float[] weightsX;
    private final float[] weightsY;

    Run(
        Plane image,
        Plane variance,
        MaskPlane mask,
        Mapping mapping,
        ResampleParameters parameters) {
      this.mapping = mapping;
      this.parameters = parameters;
      width = image.width();
      height = image.height();
      outWidth = mapping.width();
      variances = HostPlane.pixelsOrNull(variance);
      this.mask = HostMaskPlane.bitsOrNull(mask);
      boolean masked = mask != null && parameters.badBits() != 0;
      float[] source = HostPlane.pixels(image);
      pixels = masked ? withoutBad(source, this.mask, parameters.badBits()) : source;
      exact = new Footprint(image, variance, mask, parameters);
      row = new MappingRow(outWidth);
      start = new int[outWidth];
      weightsX = new float[outWidth * LANES];
      weightsY = new float[outWidth * LANES];
    }

    /** A copy in which bad pixels are NaN, so that one test finds them all. */
    private static float[] withoutBad(float[] source, int[] mask, int badBits) {
      float[] clean = new float[source.length];
      for (int i = 0; i < clean.length; i++) {
        clean[i] = (mask[i] & badBits) == 0 ? source[i] : Float.NaN;
      }
      return clean;
    }

    /** Weighted sums of a row; not finite where something under the footprint is not. */
    void values(int y, float[] out) {
      row.fill(mapping, y);
      for (int x = 0; x < outWidth; x++) {
        start[x] = place(row.inputX[x], row.inputY[x], x);
      }
      int to = y * outWidth;
      for (int x = 0; x < outWidth; x++) {
        int from = start[x];
        out[to + x] =
            from < 0 ? Float.NaN : sum(pixels, from, width, weightsX, weightsY, x * LANES);
      }
      if (parameters.conserveFlux()) {
        for (int x = 0; x < outWidth; x++) {
          out[to + x] *= (float) row.jacobian[x];
        }
      }
    }

    private int place(double x, double y, int k) {
      // Written so that NaN fails.
      if (!(x >= 2 && y >= 2 && x < width - 5 && y < height - 3)) {
        return -1;
      }
      int x0 = (int) x;
      int y0 = (int) y;
      PhaseTable.weights(x - x0, weightsX, k * LANES);
      PhaseTable.weights(y - y0, weightsY, k * LANES);
      return (y0 - 2) * width + x0 - 2;
    }

    private static float sum(float[] plane, int from, int width, float[] wx, float[] wy, int at) {
      FloatVector a = FloatVector.fromArray(FLOATS, plane, from).mul(wy[at]);
      FloatVector b = FloatVector.fromArray(FLOATS, plane, from + width).mul(wy[at + 1]);
      a = term(plane, from + 2 * width, wy[at + 2], a);
      b = term(plane, from + 3 * width, wy[at + 3], b);
      a = term(plane, from + 4 * width, wy[at + 4], a);
      b = term(plane, from + 5 * width, wy[at + 5], b);
      return LaneSums.ofEight(a.add(b).mul(FloatVector.fromArray(FLOATS, wx, at)));
    }

    private static FloatVector term(float[] plane, int at, float weight, FloatVector sum) {
      return FloatVector.fromArray(FLOATS, plane, at)
          .fma(FloatVector.broadcast(FLOATS, weight), sum);
    }

    void variances(int y, float[] out) {
      int to = y * outWidth;
      for (int x = 0; x < outWidth; x++) {
        int from = start[x];
        out[to + x] =
            from < 0
                ? Float.NaN
                : sumSquared(variances, from, width, weightsX, weightsY, x * LANES);
      }
      if (parameters.conserveFlux()) {
        for (int x = 0; x < outWidth; x++) {
          out[to + x] *= (float) (row.jacobian[x] * row.jacobian[x]);
        }
      }
    }

    private static float sumSquared(
        float[] plane, int from, int width, float[] wx, float[] wy, int at) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int j = 0; j < Lanczos.TAPS; j++) {
        sum = term(plane, from + j * width, wy[at + j] * wy[at + j], sum);
      }
      FloatVector weight = FloatVector.fromArray(FLOATS, wx, at);
      return LaneSums.ofEight(sum.mul(weight).mul(weight));
    }

    /** Does again, by the rules, what met a bad pixel or the edge. */
    void redo(int y, float[] out, float[] outVariance) {
      int to = y * outWidth;
      for (int x = 0; x < outWidth; x++) {
        if (isFinite(out[to + x]) && (outVariance == null || isFinite(outVariance[to + x]))) {
          continue;
        }
        double factor = parameters.conserveFlux() ? row.jacobian[x] : 1;
        if (start[x] < 0) {
          exact.sum(row.inputX[x], row.inputY[x]);
          out[to + x] = (float) (exact.value * factor);
          if (outVariance != null) {
            outVariance[to + x] = (float) (exact.variance * factor * factor);
          }
        } else {
          sumGood(x, to + x, factor, out, outVariance);
        }
      }
    }

    private static boolean isFinite(float value) {
      return Math.abs(value) <= Float.MAX_VALUE;
    }

    private void sumGood(int x, int to, double factor, float[] out, float[] outVariance) {
      int at = x * LANES;
      FloatVector zero = FloatVector.zero(FLOATS);
      FloatVector sum = zero;
      FloatVector sumWeight = zero;
      FloatVector sumVariance = zero;
      FloatVector wx = FloatVector.fromArray(FLOATS, weightsX, at);
      for (int j = 0; j < Lanczos.TAPS; j++) {
        int from = start[x] + j * width;
        FloatVector pixel = FloatVector.fromArray(FLOATS, pixels, from);
        FloatVector weight = wx.mul(weightsY[at + j]);
        VectorMask<Float> used =
            pixel
                .abs()
                .compare(VectorOperators.LE, Float.MAX_VALUE)
                .and(weight.compare(VectorOperators.NE, 0f));
        FloatVector kept = zero.blend(weight, used);
        sum = kept.fma(zero.blend(pixel, used), sum);
        sumWeight = sumWeight.add(kept);
        if (variances != null) {
          FloatVector noise = FloatVector.fromArray(FLOATS, variances, from);
          sumVariance = kept.mul(kept).fma(zero.blend(noise, used), sumVariance);
        }
      }
      double good = LaneSums.ofEight(sumWeight);
      double value = LaneSums.ofEight(sum) / good;
      boolean enough = good >= 0.5;
      out[to] = enough ? (float) (value * factor) : Float.NaN;
      if (variances != null) {
        double noise = LaneSums.ofEight(sumVariance) / (good * good);
        outVariance[to] = enough ? (float) (noise * factor * factor) : Float.NaN;
      }
    }

    /** Inherited bits; an output that is NaN by now is empty. */
    void masks(int y, int[] outMask, float[] out) {
      int to = y * outWidth;
      float limit = (float) parameters.maskWeight();
      for (int x = 0; x < outWidth; x++) {
        int bits = 0;
        if (start[x] < 0) {
          exact.sum(row.inputX[x], row.inputY[x]);
          bits = exact.bits;
        } else if (mask != null && anyBit(mask, start[x], width)) {
          bits = inherited(mask, start[x], width, weightsX, weightsY, x * LANES, limit);
        }
        outMask[to + x] = bits | (Float.isNaN(out[to + x]) ? parameters.emptyBit() : 0);
      }
    }

    private static boolean anyBit(int[] mask, int from, int width) {
      IntVector bits = IntVector.fromArray(INTS, mask, from);
      for (int j = 1; j < Lanczos.TAPS; j++) {
        bits = bits.or(IntVector.fromArray(INTS, mask, from + j * width));
      }
      return bits.compare(VectorOperators.NE, 0).anyTrue();
    }

    private static int inherited(
        int[] mask, int from, int width, float[] wx, float[] wy, int at, float limit) {
      FloatVector weights = FloatVector.fromArray(FLOATS, wx, at);
      IntVector bits = IntVector.zero(INTS);
      for (int j = 0; j < Lanczos.TAPS; j++) {
        VectorMask<Integer> heavy =
            weights.mul(wy[at + j]).abs().compare(VectorOperators.GT, limit).cast(INTS);
        IntVector pixels = IntVector.fromArray(INTS, mask, from + j * width);
        bits = bits.or(IntVector.zero(INTS).blend(pixels, heavy));
      }
      return bits.reduceLanes(VectorOperators.OR);
    }
  }
}
