package io.github.starlane.kernels.resample;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lanczos-3 weights tabulated over the sub-pixel phase, eight per phase (the last two 0), linear in
 * between: with 1024 phases wrong by less than 1e-6.
 */
final class PhaseTable {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final int LANES = 8;
  private static final int PHASES = 1024;
  private static final float[] TABLE = tabulate();

  private PhaseTable() {}

  private static float[] tabulate() {
    float[] table = new float[(PHASES + 1) * LANES];
    double[] weights = new double[Lanczos.TAPS];
    for (int phase = 0; phase <= PHASES; phase++) {
      if (phase < PHASES) {
        Lanczos.weights((double) phase / PHASES, weights);
      } else {
        // A whole pixel on: the weight has moved to the next tap.
        Arrays.fill(weights, 0);
        weights[3] = 1;
      }
      for (int k = 0; k < Lanczos.TAPS; k++) {
        table[phase * LANES + k] = (float) weights[k];
      }
    }
    return table;
  }

  /** Writes the eight weights of a phase, 0 ≤ fraction &lt; 1. */
  static void weights(double fraction, float[] out, int at) {
    double position = fraction * PHASES;
    int phase = (int) position;
    FloatVector below = FloatVector.fromArray(FLOATS, TABLE, phase * LANES);
    FloatVector above = FloatVector.fromArray(FLOATS, TABLE, (phase + 1) * LANES);
    FloatVector share = FloatVector.broadcast(FLOATS, (float) (position - phase));
    above.sub(below).fma(share, below).intoArray(out, at);
  }
}
