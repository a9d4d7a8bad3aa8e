package io.github.starlane.kernels.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Compare;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Planes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every backend's plane arithmetic must do. */
public abstract class ArithmeticContract {

  private static final double TOLERANCE = 1e-6;

  /** The backend under test. */
  protected abstract Backend backend();

  private float[] values(long seed, int size) {
    return Planes.sprinkle(seed, Planes.noise(seed + 9, size, 3, 50), 0.05, Float.NaN);
  }

  private Plane plane(float[] pixels, int width, int height) {
    return backend().fromHost(pixels.clone(), width, height);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "16, 4", "33, 31", "100, 1", "0, 5"})
  void lightIsTakenOffAndItsNoiseIsAdded(int width, int height) {
    int n = width * height;
    float[] image = values(1, n);
    float[] variance = values(2, n);
    float[] light = values(3, n);
    double[] left = new double[n];
    double[] noise = new double[n];
    for (int i = 0; i < n; i++) {
      double m = light[i];
      left[i] = image[i] - m;
      noise[i] = variance[i] + Math.max(m, 0) / 1.7 + Math.pow(0.03 * m, 2);
    }

    try (Plane a = plane(image, width, height);
        Plane v = plane(variance, width, height);
        Plane m = plane(light, width, height)) {
      backend().arithmetic().subtractLight(a, v, m, 1.7, 0.03);

      close("image", backend().toHost(a), left);
      close("variance", backend().toHost(v), noise);
      assertThat(backend().toHost(m)).as("the light itself").isEqualTo(light);
      try (Plane b = plane(image, width, height)) {
        backend().arithmetic().subtract(b, m);
        assertThat(backend().toHost(b)).isEqualTo(backend().toHost(a));
      }
    }
  }

  @Test
  void bitsAreChanged() {
    try (MaskPlane mask = backend().fromHost(new int[] {1, 2, 4, 0, 0, 0}, 3, 2)) {
      backend().arithmetic().changeBits(mask, new int[] {1, 2, 2}, new int[] {0, 1, 1}, 2, 5);
      assertThat(backend().toHost(mask)).containsExactly(1, 5, 4, 0, 0, 5);
      assertThatThrownBy(
              () -> backend().arithmetic().changeBits(mask, new int[] {3}, new int[] {0}, 0, 1))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  private static void close(String what, float[] actual, double[] expected) {
    Compare.close(what, Planes.toDouble(actual), expected, 50 * TOLERANCE, TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "19, 5", "64, 2"})
  void planesAreCopiedFilledAndScaled(int width, int height) {
    int n = width * height;
    float[] pixels = values(4, n);
    try (Plane from = plane(pixels, width, height);
        Plane to = backend().allocate(width, height)) {
      backend().arithmetic().copy(from, to);
      assertThat(backend().toHost(to)).isEqualTo(pixels);

      backend().arithmetic().scale(to, -2.5);
      double[] scaled = Planes.toDouble(pixels);
      Arrays.setAll(scaled, i -> -2.5 * scaled[i]);
      close("scaled", backend().toHost(to), scaled);
      assertThat(backend().toHost(from)).as("the source of the copy").isEqualTo(pixels);

      backend().arithmetic().fill(to, Double.NaN);
      assertThat(backend().toHost(to)).containsOnly(Float.NaN);
      backend().arithmetic().fill(to, 0.1);
      assertThat(backend().toHost(to)).containsOnly(0.1f);
    }
  }

  @Test
  void pixelsAreSampledByColumnAndRow() {
    try (Plane plane = plane(Planes.of(13, 7, (x, y) -> 100.0 * y + x), 13, 7)) {
      assertThat(
              backend().arithmetic().sample(plane, new int[] {0, 12, 5, 0}, new int[] {0, 6, 3, 6}))
          .containsExactly(0, 612, 305, 600);
      assertThat(backend().arithmetic().sample(plane, new int[0], new int[0])).isEmpty();
      assertThatThrownBy(() -> backend().arithmetic().sample(plane, new int[] {13}, new int[] {0}))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> backend().arithmetic().sample(plane, new int[] {0}, new int[] {-1}))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void planesOfDifferentSizeAreRefused() {
    try (Plane a = backend().allocate(4, 3);
        Plane b = backend().allocate(3, 4)) {
      assertThatThrownBy(() -> backend().arithmetic().copy(a, b))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 x 4");
      assertThatThrownBy(() -> backend().arithmetic().subtractLight(a, a, b, 1, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("light");
      assertThatThrownBy(() -> backend().arithmetic().subtractLight(a, b, a, 1, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("variance");
    }
  }
}
