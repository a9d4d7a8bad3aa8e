package io.github.starlane.kernels.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class LaneWeightsTest {

  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  @Test
  void polynomialsAreTheKernelAndExactAtWholePixels() {
    int phases = 64 * LANES;
    float[] phase = new float[phases];
    for (int k = 0; k < phases; k++) {
      phase[k] = (float) k / (phases - 1);
    }
    float[] weights = new float[LaneWeights.size(phases)];
    LaneWeights.fill(phase, phase, 0, phases, weights, new float[weights.length]);
    double[] exact = new double[Lanczos.TAPS];
    double largest = 0;
    for (int k = 0; k < phases - 1; k++) {
      Lanczos.weights(phase[k], exact);
      double sum = 0;
      for (int tap = 0; tap < Lanczos.TAPS; tap++) {
        double weight = weights[(k / LANES * Lanczos.TAPS + tap) * LANES + k % LANES];
        largest = Math.max(largest, Math.abs(weight - exact[tap]));
        sum += weight;
      }
      assertThat(sum).isCloseTo(1, within(2e-7));
    }
    assertThat(largest).isLessThan(2e-7);
    for (int tap = 0; tap < Lanczos.TAPS; tap++) {
      assertThat(weights[tap * LANES]).isEqualTo(tap == 2 ? 1f : 0f);
      int last = (phases / LANES - 1) * Lanczos.TAPS * LANES;
      assertThat(weights[last + tap * LANES + LANES - 1]).isEqualTo(tap == 3 ? 1f : 0f);
    }
  }
}
