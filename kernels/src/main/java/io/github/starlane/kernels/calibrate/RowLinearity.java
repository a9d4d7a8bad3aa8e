package io.github.starlane.kernels.calibrate;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Makes rows of counts linear, in place. */
final class RowLinearity {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** Up to so many lines all are tried for every pixel; beyond, each pixel searches its own. */
  private static final int FEW_LINES = 64;

  private final Linearity linearity;
  private final float[] coefficients;

  /** A line is corrected = value + slope · (count − from); it ends where the next one begins. */
  private final float[] from;

  private final float[] value;
  private final float[] slope;

  RowLinearity(Linearity linearity) {
    this.linearity = linearity;
    float[] polynomial = null;
    float[][] lines = new float[3][];
    if (linearity instanceof LinearityPolynomial p) {
      polynomial = toFloat(p.coefficients());
    } else if (linearity instanceof LinearityTable t && t.measured().length - 1 <= FEW_LINES) {
      double[] slopes = new double[t.measured().length - 1];
      for (int k = 0; k < slopes.length; k++) {
        slopes[k] = t.slope(k);
      }
      lines = new float[][] {toFloat(t.measured()), toFloat(t.corrected()), toFloat(slopes)};
    }
    coefficients = polynomial;
    from = lines[0];
    value = lines[1];
    slope = lines[2];
  }

  private static float[] toFloat(double[] values) {
    float[] result = new float[values.length];
    for (int k = 0; k < result.length; k++) {
      result[k] = (float) values[k];
    }
    return result;
  }

  /** Corrects the counts of a padded row that begins at {@code at}. */
  void correct(float[] counts, int at, int width) {
    if (coefficients != null) {
      polynomial(counts, at, at + width, coefficients);
    } else if (from != null) {
      lines(counts, at, at + width, from, value, slope);
    } else if (linearity != null) {
      for (int x = at; x < at + width; x++) {
        counts[x] = (float) linearity.corrected(counts[x]);
      }
    }
  }

  private static void polynomial(float[] counts, int at, int end, float[] coefficients) {
    for (int x = at; x < end; x += LANES) {
      FloatVector count = FloatVector.fromArray(FLOATS, counts, x);
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int k = coefficients.length - 1; k >= 0; k--) {
        sum = sum.fma(count, FloatVector.broadcast(FLOATS, coefficients[k]));
      }
      sum.intoArray(counts, x);
    }
  }

  private static void lines(
      float[] counts, int at, int end, float[] from, float[] value, float[] slope) {
    for (int x = at; x < end; x += LANES) {
      FloatVector count = FloatVector.fromArray(FLOATS, counts, x);
      FloatVector begin = FloatVector.broadcast(FLOATS, from[0]);
      FloatVector base = FloatVector.broadcast(FLOATS, value[0]);
      FloatVector rise = FloatVector.broadcast(FLOATS, slope[0]);
      for (int k = 1; k < slope.length; k++) {
        VectorMask<Float> beyond = count.compare(VectorOperators.GE, from[k]);
        begin = begin.blend(from[k], beyond);
        base = base.blend(value[k], beyond);
        rise = rise.blend(slope[k], beyond);
      }
      count.sub(begin).fma(rise, base).intoArray(counts, x);
    }
  }
}
