package io.github.starlane.kernels.background;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vector version: ranks by brackets, cubics a vector at a time. */
public final class SimdBackground extends BlockBackground {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final FloatVector IOTA = FloatVector.zero(FLOATS).addIndex(1);

  @Override
  BlockSample newSample() {
    return new BracketedSample();
  }

  @Override
  int gather(float[] pixels, int[] mask, int from, int to, int badBits, float[] values, int count) {
    int n = count;
    int i = from;
    if (mask == null) {
      for (; i <= to - LANES; i += LANES) {
        FloatVector pixel = FloatVector.fromArray(FLOATS, pixels, i);
        n = Compaction.store(pixel, finite(pixel), pixels, i, values, n);
      }
    } else {
      for (; i <= to - LANES; i += LANES) {
        FloatVector pixel = FloatVector.fromArray(FLOATS, pixels, i);
        IntVector bits = IntVector.fromArray(INTS, mask, i).and(badBits);
        // Of a bad pixel all bits are set, which is a NaN.
        IntVector spoilt = bits.compare(VectorOperators.NE, 0).toVector().reinterpretAsInts();
        FloatVector checked = pixel.reinterpretAsInts().or(spoilt).reinterpretAsFloats();
        n = Compaction.store(pixel, finite(checked), pixels, i, values, n);
      }
    }
    return gatherEach(pixels, mask, i, to, badBits, values, n);
  }

  private static VectorMask<Float> finite(FloatVector pixel) {
    return pixel.abs().compare(VectorOperators.LE, LARGEST);
  }

  @Override
  void evaluate(
      double[] coefficients,
      int at,
      double centre,
      double step,
      int x,
      float[] out,
      int from,
      int to) {
    float a = (float) coefficients[at];
    float b = (float) coefficients[at + 1];
    float c = (float) coefficients[at + 2];
    float d = (float) coefficients[at + 3];
    float start = (float) centre;
    float perPixel = (float) step;
    FloatVector column = IOTA.add(x);
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector t = column.sub(start).mul(perPixel);
      FloatVector slope = t.fma(t.fma(d, c), broadcast(b));
      t.fma(slope, broadcast(a)).intoArray(out, i);
      column = column.add(LANES);
    }
    for (; i < to; i++) {
      float t = (x + (i - from) - start) * perPixel;
      out[i] = Math.fma(t, Math.fma(t, Math.fma(t, d, c), b), a);
    }
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(FLOATS, value);
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

  @Override
  void raiseToZero(float[] values, int from, int to) {
    FloatVector zero = FloatVector.zero(FLOATS);
    int i = from;
    for (; i <= to - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, values, i);
      v.blend(zero, v.compare(VectorOperators.LT, 0)).intoArray(values, i);
    }
    for (; i < to; i++) {
      values[i] = values[i] < 0 ? 0 : values[i];
    }
  }
}
