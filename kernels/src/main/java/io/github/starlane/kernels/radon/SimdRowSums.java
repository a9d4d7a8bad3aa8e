package io.github.starlane.kernels.radon;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** A vector at a time. */
final class SimdRowSums implements RowSums {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final VectorShuffle<Float> EVEN = VectorShuffle.makeUnzip(FLOATS, 0);
  private static final VectorShuffle<Float> ODD =
      VectorShuffle.fromOp(FLOATS, i -> i < LANES / 2 ? 2 * i + 1 : 2 * i + 1 - 2 * LANES);

  @Override
  public void add(float[] a, int aFrom, float[] b, int bFrom, float[] out, int from, int count) {
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      FloatVector.fromArray(FLOATS, a, aFrom + i)
          .add(FloatVector.fromArray(FLOATS, b, bFrom + i))
          .intoArray(out, from + i);
    }
    for (; i < count; i++) {
      out[from + i] = a[aFrom + i] + b[bFrom + i];
    }
  }

  @Override
  public int firstAbove(float[] values, int from, int to, float limit) {
    int i = from;
    for (; i <= to - 4 * LANES; i += 4 * LANES) {
      FloatVector a = FloatVector.fromArray(FLOATS, values, i);
      FloatVector b = FloatVector.fromArray(FLOATS, values, i + LANES);
      FloatVector c = FloatVector.fromArray(FLOATS, values, i + 2 * LANES);
      FloatVector d = FloatVector.fromArray(FLOATS, values, i + 3 * LANES);
      if (a.max(b).max(c.max(d)).compare(VectorOperators.GT, limit).anyTrue()) {
        return ScalarRowSums.first(values, i, i + 4 * LANES, limit);
      }
    }
    for (; i <= to - LANES; i += LANES) {
      if (FloatVector.fromArray(FLOATS, values, i).compare(VectorOperators.GT, limit).anyTrue()) {
        return ScalarRowSums.first(values, i, i + LANES, limit);
      }
    }
    return ScalarRowSums.first(values, i, to, limit);
  }

  @Override
  public void addWeighted(
      float[] image,
      float[] variance,
      int[] bits,
      int badBits,
      int from,
      float[] signal,
      float[] weight,
      int to,
      int count) {
    int i = 0;
    for (; i <= count - LANES; i += LANES) {
      FloatVector w =
          FloatVector.broadcast(FLOATS, 1).div(FloatVector.fromArray(FLOATS, variance, from + i));
      FloatVector s = FloatVector.fromArray(FLOATS, image, from + i).mul(w);
      VectorMask<Float> good =
          w.compare(VectorOperators.GT, 0)
              .and(w.compare(VectorOperators.LE, Float.MAX_VALUE))
              .and(s.abs().compare(VectorOperators.LE, Float.MAX_VALUE));
      if (bits != null) {
        IntVector bad = IntVector.fromArray(INTS, bits, from + i).and(badBits);
        good = good.and(bad.compare(VectorOperators.EQ, 0).cast(FLOATS));
      }
      FloatVector none = FloatVector.zero(FLOATS);
      FloatVector.fromArray(FLOATS, weight, to + i)
          .add(none.blend(w, good))
          .intoArray(weight, to + i);
      FloatVector.fromArray(FLOATS, signal, to + i)
          .add(none.blend(s, good))
          .intoArray(signal, to + i);
    }
    ScalarRowSums.addPart(image, variance, bits, badBits, from, signal, weight, to, i, count);
  }

  @Override
  public void fold(float[] row, int bin, float[] out, int to, int count) {
    int i = 0;
    // Squares of two are what exposures of usual seeing need.
    for (; bin == 2 && i <= count - LANES; i += LANES) {
      FloatVector a = FloatVector.fromArray(FLOATS, row, 2 * i);
      FloatVector b = FloatVector.fromArray(FLOATS, row, 2 * i + LANES);
      a.rearrange(EVEN, b).add(a.rearrange(ODD, b)).intoArray(out, to + i);
    }
    ScalarRowSums.foldPart(row, bin, out, to, i, count);
  }

  @Override
  public void convolve(
      float[] source,
      int from,
      int step,
      float[] kernel,
      int first,
      int taps,
      float[] out,
      int to,
      int count) {
    // Tap by tap along the row, which stays in the cache: loops over a few taps cost more than they
    // do.
    int begin = count / LANES * LANES;
    for (int k = 0; k < taps; k++) {
      if (k == 0) {
        scale(source, from, kernel[first], out, to, begin);
      } else {
        addScaled(source, from + k * step, kernel[first + k], out, to, begin);
      }
    }
    ScalarRowSums.convolvePart(source, from, step, kernel, first, taps, out, to, begin, count);
  }

  private static void scale(
      float[] source, int from, float factor, float[] out, int to, int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector.fromArray(FLOATS, source, from + i).mul(factor).intoArray(out, to + i);
    }
  }

  private static void addScaled(
      float[] source, int from, float factor, float[] out, int to, int count) {
    FloatVector f = FloatVector.broadcast(FLOATS, factor);
    for (int i = 0; i < count; i += LANES) {
      FloatVector sum = FloatVector.fromArray(FLOATS, out, to + i);
      FloatVector.fromArray(FLOATS, source, from + i).fma(f, sum).intoArray(out, to + i);
    }
  }
}
