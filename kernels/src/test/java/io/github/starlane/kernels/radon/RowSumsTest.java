package io.github.starlane.kernels.radon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.kernels.Planes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSumsTest {

  private static final int SIZE = 203;
  private static final int BAD = 4;

  @ParameterizedTest
  @ValueSource(floats = {-1, 0, 1, 3, 4.5f, 40})
  void vectorsFindTheSameElements(float limit) {
    float[] values = Planes.noise(1, SIZE, 0, 2);
    RowSums plain = new ScalarRowSums();
    RowSums vectors = new SimdRowSums();
    for (int from = 0; from < SIZE; from++) {
      int expected = -1;
      for (int i = SIZE - 3; i >= from; i--) {
        expected = values[i] > limit ? i : expected;
      }
      assertThat(plain.firstAbove(values, from, SIZE - 2, limit)).isEqualTo(expected);
      assertThat(vectors.firstAbove(values, from, SIZE - 2, limit)).isEqualTo(expected);
    }
  }

  @Test
  void goodPixelsAreAddedWithTheirWeight() {
    float[] image = Planes.noise(2, SIZE, 5, 9);
    float[] variance = Planes.noise(3, SIZE, 4, 3);
    int[] bits = Planes.bits(4, SIZE, 0.2, 1, BAD);
    image[20] = Float.NaN;
    image[41] = Float.POSITIVE_INFINITY;
    variance[60] = Float.NaN;
    variance[71] = Float.POSITIVE_INFINITY;
    variance[199] = 0;
    for (RowSums sums : new RowSums[] {new ScalarRowSums(), new SimdRowSums()}) {
      float[] signal = Planes.constant(SIZE, 1);
      float[] weight = Planes.constant(SIZE, 2);
      sums.addWeighted(image, variance, bits, BAD, 7, signal, weight, 3, SIZE - 8);
      for (int i = 0; i < SIZE; i++) {
        int k = i + 4;
        boolean within = i >= 3 && i < SIZE - 5;
        boolean good =
            within
                && k != 20
                && k != 41
                && k != 60
                && k != 71
                && k != 199
                && variance[k] > 0
                && (bits[k] & BAD) == 0;
        double w = good ? 1.0 / variance[k] : 0;
        double s = good ? image[k] * w : 0;
        assertThat((double) weight[i]).as("%d", i).isCloseTo(2 + w, within(1e-6 * (2 + w)));
        assertThat((double) signal[i]).isCloseTo(1 + s, within(1e-6 * (1 + Math.abs(s))));
      }
    }
  }

  @Test
  void elementsAreFolded() {
    float[] row = Planes.noise(5, 5 * SIZE, 3, 9);
    for (RowSums sums : new RowSums[] {new ScalarRowSums(), new SimdRowSums()}) {
      for (int bin = 1; bin <= 5; bin++) {
        float[] out = new float[SIZE + 4];
        sums.fold(row, bin, out, 2, SIZE);
        for (int i = 0; i < SIZE; i++) {
          double sum = 0;
          for (int k = 0; k < bin; k++) {
            sum += row[bin * i + k];
          }
          assertThat((double) out[i + 2]).as("bins of %d", bin).isCloseTo(sum, within(1e-4));
        }
        assertThat(out[1] + out[SIZE + 2]).isZero();
      }
    }
  }

  @Test
  void rowsAndColumnsAreConvolved() {
    float[] source = Planes.noise(6, 20 * SIZE, 3, 9);
    float[] kernel = {9, 0.1f, 0.3f, 0.4f, 0.2f};
    for (RowSums sums : new RowSums[] {new ScalarRowSums(), new SimdRowSums()}) {
      for (int step : new int[] {1, SIZE}) {
        float[] out = new float[SIZE + 4];
        sums.convolve(source, 5, step, kernel, 1, 4, out, 2, SIZE);
        for (int i = 0; i < SIZE; i++) {
          double sum = 0;
          for (int k = 0; k < 4; k++) {
            sum += kernel[1 + k] * source[5 + i + k * step];
          }
          assertThat((double) out[i + 2]).isCloseTo(sum, within(1e-4));
        }
        assertThat(out[1] + out[SIZE + 2]).isZero();
      }
    }
  }
}
