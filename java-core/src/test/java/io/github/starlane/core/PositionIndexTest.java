package io.github.starlane.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionIndexTest {

  private static int bruteForce(
      double[] x, double[] y, double px, double py, double d, int except) {
    int best = -1;
    double least = d * d;
    for (int i = 0; i < x.length; i++) {
      double squared = (x[i] - px) * (x[i] - px) + (y[i] - py) * (y[i] - py);
      if (i != except && squared <= least) {
        least = squared;
        best = i;
      }
    }
    return best;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 10, 1",
    "2, 10, 20",
    "500, 100, 0.5",
    "500, 100, 3",
    "500, 100, 40",
    "300, 1, 500",
    "1000, 1000, 1e-3"
  })
  void agreesWithBruteForce(int n, double edge, double distance) {
    RandomGenerator random = new SplittableRandom(n);
    double[] x = random.doubles(n, -edge, edge).toArray();
    // A narrow strip: the cells of both axes differ in number.
    double[] y = random.doubles(n, 5, 5 + edge / 7).toArray();
    for (int i = 0; i < n; i += 9) {
      x[i] = i % 2 == 0 ? Double.NaN : x[i];
      y[i] = i % 2 == 1 ? Double.POSITIVE_INFINITY : y[i];
    }
    PositionIndex index = new PositionIndex(x, y, distance);
    for (int k = 0; k < 500; k++) {
      double px = random.nextDouble(-1.2 * edge, 1.2 * edge);
      double py = random.nextDouble(5 - edge / 5, 5 + edge / 3);
      assertThat(index.nearest(px, py)).isEqualTo(bruteForce(x, y, px, py, distance, -1));
      int[] near =
          IntStream.range(0, n).filter(i -> Math.hypot(x[i] - px, y[i] - py) <= distance).toArray();
      assertThat(index.within(px, py)).containsExactly(near);
    }
    for (int i = 0; i < n; i++) {
      if (Double.isFinite(x[i] + y[i])) {
        assertThat(index.nearest(x[i], y[i])).isEqualTo(i);
        assertThat(index.nearest(x[i], y[i], i))
            .isEqualTo(bruteForce(x, y, x[i], y[i], distance, i));
      }
    }
  }

  @Test
  void nothingIsNearNothing() {
    PositionIndex empty = new PositionIndex(new double[0], new double[0], 1);
    assertThat(empty.nearest(0, 0)).isEqualTo(-1);
    double[] nan = {Double.NaN, Double.NaN};
    assertThat(new PositionIndex(nan, nan, 1).nearest(0, 0)).isEqualTo(-1);
    PositionIndex one = new PositionIndex(new double[] {3}, new double[] {4}, 1);
    assertThat(one.nearest(Double.NaN, 4)).isEqualTo(-1);
    assertThat(one.nearest(Double.POSITIVE_INFINITY, 4)).isEqualTo(-1);
    assertThat(one.nearest(1e300, -1e300)).isEqualTo(-1);
  }

  @Test
  void theDistanceItselfIsStillNear() {
    PositionIndex index = new PositionIndex(new double[] {0, 10}, new double[] {0, 0}, 5);
    assertThat(index.nearest(5, 0)).isNotNegative();
    assertThat(index.nearest(-5, 0)).isZero();
    assertThat(index.nearest(-5.0001, 0)).isEqualTo(-1);
  }
}
