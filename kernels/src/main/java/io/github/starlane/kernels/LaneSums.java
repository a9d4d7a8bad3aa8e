package io.github.starlane.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over the lanes of a vector, always in the same order: the upper half is added to the lower
 * half until one lane is left.
 *
 * <p>{@code reduceLanes(ADD)} leaves the order open, and the interpreter and the compilers do
 * choose different ones, so that results would change in their last bits while a program warms up.
 */
public final class LaneSums {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int FLOAT_LANES = FLOATS.length();
  private static final VectorShuffle<Float> FLOATS_BY_8 = VectorShuffle.iota(FLOATS, 8, 1, true);
  private static final VectorShuffle<Float> FLOATS_BY_4 = VectorShuffle.iota(FLOATS, 4, 1, true);
  private static final VectorShuffle<Float> FLOATS_BY_2 = VectorShuffle.iota(FLOATS, 2, 1, true);
  private static final VectorShuffle<Float> FLOATS_BY_1 = VectorShuffle.iota(FLOATS, 1, 1, true);

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int DOUBLE_LANES = DOUBLES.length();
  private static final VectorShuffle<Double> DOUBLES_BY_4 = VectorShuffle.iota(DOUBLES, 4, 1, true);
  private static final VectorShuffle<Double> DOUBLES_BY_2 = VectorShuffle.iota(DOUBLES, 2, 1, true);
  private static final VectorShuffle<Double> DOUBLES_BY_1 = VectorShuffle.iota(DOUBLES, 1, 1, true);

  private LaneSums() {}

  /** Sum of the lanes of a {@link FloatVector#SPECIES_PREFERRED} vector. */
  public static float of(FloatVector v) {
    FloatVector sum = v;
    // For vectors longer than 512 bits; elsewhere the loop has no rounds, and C2 drops it.
    for (int by = FLOAT_LANES / 2; by > 8; by /= 2) {
      sum = sum.add(sum.rearrange(VectorShuffle.iota(FLOATS, by, 1, true)));
    }
    if (FLOAT_LANES > 8) {
      sum = sum.add(sum.rearrange(FLOATS_BY_8));
    }
    if (FLOAT_LANES > 4) {
      sum = sum.add(sum.rearrange(FLOATS_BY_4));
    }
    if (FLOAT_LANES > 2) {
      sum = sum.add(sum.rearrange(FLOATS_BY_2));
    }
    return sum.add(sum.rearrange(FLOATS_BY_1)).lane(0);
  }

  /** Sum of the lanes of a {@link DoubleVector#SPECIES_PREFERRED} vector. */
  public static double of(DoubleVector v) {
    DoubleVector sum = v;
    for (int by = DOUBLE_LANES / 2; by > 4; by /= 2) {
      sum = sum.add(sum.rearrange(VectorShuffle.iota(DOUBLES, by, 1, true)));
    }
    if (DOUBLE_LANES > 4) {
      sum = sum.add(sum.rearrange(DOUBLES_BY_4));
    }
    if (DOUBLE_LANES > 2) {
      sum = sum.add(sum.rearrange(DOUBLES_BY_2));
    }
    return DOUBLE_LANES > 1 ? sum.add(sum.rearrange(DOUBLES_BY_1)).lane(0) : sum.lane(0);
  }
}
