package io.github.starlane.kernels.radon;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.kernels.Planes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSumsTest {

  private static final int SIZE = 203;

  @ParameterizedTest
  @ValueSource(floats = {0, 1, 4, 7, 9, 40})
  void vectorsFindTheSameElements(float limit) {
    float[] signal = Planes.noise(1, SIZE, 0, 2);
    float[] weight = Planes.sprinkle(2, Planes.constant(SIZE, 1), 0.3, 0.1f);
    RowSums plain = new ScalarRowSums();
    RowSums vectors = new SimdRowSums();
    for (int from = 0; from < SIZE; from++) {
      int expected = -1;
      for (int i = SIZE - 3; i >= from; i--) {
        boolean above = signal[i] > 0 && (double) signal[i] * signal[i] > limit * weight[i];
        expected = above && weight[i] >= 0.5f ? i : expected;
      }
      assertThat(plain.firstAbove(signal, weight, from, SIZE - 2, limit, 0.5f)).isEqualTo(expected);
      assertThat(vectors.firstAbove(signal, weight, from, SIZE - 2, limit, 0.5f))
          .isEqualTo(expected);
    }
  }
}
