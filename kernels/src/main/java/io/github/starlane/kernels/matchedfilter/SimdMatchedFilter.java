package io.github.starlane.kernels.matchedfilter;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector version: direct correlation, one vector of output pixels in four rows at a time, so
 * that independent sums hide the latency of the multiply–add.
 */
public final class SimdMatchedFilter extends CorrelatingMatchedFilter {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  @Override
  int tail() {
    return LANES;
  }

  @Override
  void correlate(WeightedPlanes planes, Template template, float[] out, boolean keepLarger) {
    int size = template.size();
    float[] values = template.values();
    float[] squares = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      squares[i] = values[i] * values[i];
    }
    int width = planes.width;
    float[] signal = new float[4 * (width + LANES)];
    float[] norm = new float[4 * (width + LANES)];
    int stride = width + LANES;
    for (int y = 0; y < planes.height; y += 4) {
      int rows = Math.min(4, planes.height - y);
      int from = planes.index(-(size / 2), y - size / 2);
      if (rows == 4) {
        fourRows(planes.weighted, from, planes.stride, values, size, signal, stride, width);
        fourRows(planes.weight, from, planes.stride, squares, size, norm, stride, width);
      } else {
        for (int r = 0; r < rows; r++) {
          int row = from + r * planes.stride;
          oneRow(planes.weighted, row, planes.stride, values, size, signal, r * stride, width);
          oneRow(planes.weight, row, planes.stride, squares, size, norm, r * stride, width);
        }
      }
      for (int r = 0; r < rows; r++) {
        divide(signal, norm, r * stride, out, (y + r) * width, width, keepLarger);
      }
    }
  }

  /** Correlates four neighbouring output rows. */
  private static void fourRows(
      float[] plane,
      int from,
      int planeStride,
      float[] template,
      int size,
      float[] out,
      int outStride,
      int width) {
    for (int x = 0; x < width; x += LANES) {
      FloatVector a = FloatVector.zero(FLOATS);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector d = a;
      for (int j = 0; j < size; j++) {
        int row = from + j * planeStride + x;
        for (int i = 0; i < size; i++) {
          FloatVector p = FloatVector.broadcast(FLOATS, template[j * size + i]);
          int at = row + i;
          a = FloatVector.fromArray(FLOATS, plane, at).fma(p, a);
          b = FloatVector.fromArray(FLOATS, plane, at + planeStride).fma(p, b);
          c = FloatVector.fromArray(FLOATS, plane, at + 2 * planeStride).fma(p, c);
          d = FloatVector.fromArray(FLOATS, plane, at + 3 * planeStride).fma(p, d);
        }
      }
      a.intoArray(out, x);
      b.intoArray(out, outStride + x);
      c.intoArray(out, 2 * outStride + x);
      d.intoArray(out, 3 * outStride + x);
    }
  }

  private static void oneRow(
      float[] plane,
      int from,
      int planeStride,
      float[] template,
      int size,
      float[] out,
      int to,
      int width) {
    for (int x = 0; x < width; x += LANES) {
      FloatVector a = FloatVector.zero(FLOATS);
      for (int j = 0; j < size; j++) {
        int row = from + j * planeStride + x;
        for (int i = 0; i < size; i++) {
          FloatVector p = FloatVector.broadcast(FLOATS, template[j * size + i]);
          a = FloatVector.fromArray(FLOATS, plane, row + i).fma(p, a);
        }
      }
      a.intoArray(out, to + x);
    }
  }

  /** out = signal / √norm, 0 where the norm vanishes; or the larger of that and out. */
  private static void divide(
      float[] signal, float[] norm, int from, float[] out, int to, int width, boolean keepLarger) {
    int x = 0;
    for (; x <= width - LANES; x += LANES) {
      FloatVector n = FloatVector.fromArray(FLOATS, norm, from + x);
      VectorMask<Float> seen = n.compare(VectorOperators.GT, 0f);
      FloatVector ratio = FloatVector.fromArray(FLOATS, signal, from + x).div(n.sqrt());
      FloatVector value = FloatVector.zero(FLOATS).blend(ratio, seen);
      FloatVector old = FloatVector.fromArray(FLOATS, out, to + x);
      VectorMask<Float> stays = old.compare(VectorOperators.GT, value);
      (keepLarger ? value.blend(old, stays) : value).intoArray(out, to + x);
    }
    for (; x < width; x++) {
      float n = norm[from + x];
      float value = n > 0 ? signal[from + x] / (float) Math.sqrt(n) : 0;
      out[to + x] = keepLarger ? Math.max(out[to + x], value) : value;
    }
  }
}
