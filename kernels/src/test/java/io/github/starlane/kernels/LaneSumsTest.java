package io.github.starlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;

class LaneSumsTest {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  /** Often enough for compiled code to take over. */
  private static final int ROUNDS = 40_000;

  @Test
  void addsTheUpperHalfToTheLowerUntilOneIsLeft() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < ROUNDS; round++) {
      float[] floats = floats(random, FLOATS.length());
      double[] doubles = random.doubles(DOUBLES.length(), -1e3, 1e3).toArray();
      assertSame(LaneSums.of(FloatVector.fromArray(FLOATS, floats, 0)), folded(floats));
      assertSame(LaneSums.of(DoubleVector.fromArray(DOUBLES, doubles, 0)), folded(doubles));
    }
  }

  @Test
  void passesOnWhatIsNotFinite() {
    for (int bad = 0; bad < FLOATS.length(); bad++) {
      float[] lanes = Planes.constant(FLOATS.length(), 1);
      lanes[bad] = Float.NaN;
      assertThat(LaneSums.of(FloatVector.fromArray(FLOATS, lanes, 0))).isNaN();
      lanes[bad] = Float.NEGATIVE_INFINITY;
      assertThat(LaneSums.of(FloatVector.fromArray(FLOATS, lanes, 0)))
          .isEqualTo(Float.NEGATIVE_INFINITY);
    }
  }

  /** Cheaper than an assertion's description in every round. */
  private static void assertSame(double actual, double expected) {
    if (actual != expected) {
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static float[] floats(SplittableRandom random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (1e3 * random.nextDouble() - 500);
    }
    return values;
  }

  private static float folded(float[] values) {
    for (int half = values.length / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        values[i] += values[i + half];
      }
    }
    return values[0];
  }

  private static double folded(double[] values) {
    for (int half = values.length / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        values[i] += values[i + half];
      }
    }
    return values[0];
  }
}
