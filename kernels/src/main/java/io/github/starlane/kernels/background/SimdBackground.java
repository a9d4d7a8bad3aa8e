package io.github.starlane.kernels.background;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vector version: ranks by counting, cubics a vector at a time. */
public final class SimdBackground extends BlockBackground {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final FloatVector IOTA = FloatVector.zero(FLOATS).addIndex(1);

  @Override
  BlockSample newSample() {
    return new CountingSample();
  }

  @Override
  int gather(float[] pixels, int[] mask, int from, int to, int badBits, float[] values, int count) {
    int n = count;
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector pixel = FloatVector.fromArray(FLOATS, pixels, i);
      VectorMask<Float> good = pixel.abs().compare(VectorOperators.LE, Float.MAX_VALUE);
      if (mask != null) {
        IntVector bits = IntVector.fromArray(INTS, mask, i).and(badBits);
        good = good.and(bits.compare(VectorOperators.EQ, 0).cast(FLOATS));
      }
      if (good.allTrue()) {
        pixel.intoArray(values, n);
        n += LANES;
      } else {
        n = gatherEach(pixels, mask, i, i + LANES, badBits, values, n);
      }
    }
    return gatherEach(pixels, mask, i, to, badBits, values, n);
  }

  private static int gatherEach(
      float[] pixels, int[] mask, int from, int to, int badBits, float[] values, int count) {
    int n = count;
    for (int i = from; i < to; i++) {
      if (Float.isFinite(pixels[i]) && (mask == null || (mask[i] & badBits) == 0)) {
        values[n++] = pixels[i];
      }
    }
    return n;
  }

  @Override
  void evaluate(
      double[] coefficients, int at, double first, double step, float[] out, int from, int to) {
    float a = (float) coefficients[at];
    float b = (float) coefficients[at + 1];
    float c = (float) coefficients[at + 2];
    float d = (float) coefficients[at + 3];
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      float start = (float) (first + (i - from) * step);
      FloatVector t = IOTA.mul((float) step).add(start);
      t.mul(d).add(c).mul(t).add(b).mul(t).add(a).intoArray(out, i);
    }
    for (; i < to; i++) {
      float t = (float) (first + (i - from) * step);
      out[i] = a + t * (b + t * (c + t * d));
    }
  }

  @Override
  void subtractRow(float[] image, float[] level, float[] out, int from, int width) {
    int x = 0;
    for (; x <= width - LANES; x += LANES) {
      FloatVector.fromArray(FLOATS, image, from + x)
          .sub(FloatVector.fromArray(FLOATS, level, x))
          .intoArray(out, from + x);
    }
    for (; x < width; x++) {
      out[from + x] = image[from + x] - level[x];
    }
  }
}
