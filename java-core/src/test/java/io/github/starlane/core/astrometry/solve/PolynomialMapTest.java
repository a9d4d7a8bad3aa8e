package io.github.starlane.core.astrometry.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolynomialMapTest {
  private static final double EDGE = 1700;

  /** u and v of a nearly linear mapping with terms up to a degree. */
  private static double[] truth(double x, double y, int degree) {
    double a = x / EDGE;
    double b = y / EDGE;
    double u = 12 + 0.99 * x - 0.1 * y;
    double v = -7 + 0.1 * x + 0.99 * y;
    double[] bends = {
      3 * a * b - 2 * b * b, a * a * a - 2 * a * b * b, a * a * b * b, a * b * b * b * b
    };
    for (int d = 2; d <= degree; d++) {
      u += bends[d - 2];
      v -= 0.5 * bends[d - 2];
    }
    return new double[] {u, v};
  }

  /** Random points and where a mapping takes them. */
  private static final class Sample {
    final double[] x;
    final double[] y;
    final double[] u;
    final double[] v;
    final double[] weights;

    Sample(int n, int degree) {
      RandomGenerator random = new SplittableRandom(4);
      x = random.doubles(n, 0, EDGE).toArray();
      y = random.doubles(n, 0, EDGE).toArray();
      u = new double[n];
      v = new double[n];
      weights = new double[n];
      for (int i = 0; i < n; i++) {
        double[] p = truth(x[i], y[i], degree);
        u[i] = p[0];
        v[i] = p[1];
        weights[i] = Math.pow(10, random.nextDouble(-3, 6));
      }
    }

    PolynomialMap fit(int degree) {
      return PolynomialMap.fit(x, y, u, v, weights, degree);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aPolynomialIsFoundExactly(int degree) {
    PolynomialMap map = new Sample(60, degree).fit(degree);
    for (double[] p : new double[][] {{0, 0}, {EDGE, 0}, {300, 1200}, {EDGE, EDGE}}) {
      assertThat(map.apply(p[0], p[1])).containsExactly(truth(p[0], p[1], degree), within(1e-7));
    }
  }

  @Test
  void pointsWithoutWeightTakeNoPart() {
    Sample sample = new Sample(60, 2);
    for (int i = 0; i < 60; i += 5) {
      sample.u[i] += 1000;
      sample.x[i] *= 100;
      sample.weights[i] = 0;
    }
    assertThat(sample.fit(2).apply(900, 400)).containsExactly(truth(900, 400, 2), within(1e-7));
  }

  @Test
  void lightPointsHardlyCount() {
    Sample sample = new Sample(60, 1);
    for (int i = 0; i < 60; i++) {
      sample.weights[i] = i % 2 == 0 ? 1 : 1e-6;
      sample.u[i] += i % 2 == 0 ? 0 : 5;
    }
    assertThat(sample.fit(1).apply(900, 400)).containsExactly(truth(900, 400, 1), within(1e-4));
  }

  @Test
  void heavyPointsDecide() {
    double[] x = {0, 0};
    double[] u = {1, 5};
    PolynomialMap map = PolynomialMap.fit(x, x, u, x, new double[] {3, 1}, 0);
    assertThat(map.apply(10, 20)).containsExactly(12, 20);
  }

  @Test
  void aShiftKeepsScaleAndRotation() {
    double[] x = {0, 100, 300};
    double[] y = {50, 0, 10};
    double[] u = Arrays.stream(x).map(a -> a + 4).toArray();
    double[] v = Arrays.stream(y).map(a -> a - 3).toArray();
    PolynomialMap map = PolynomialMap.fit(x, y, u, v, new double[] {1, 1, 1}, 0);
    assertThat(map.apply(1000, -1000)).containsExactly(new double[] {1004, -1003}, within(1e-9));
  }

  @Test
  void tooFewPointsAreRefused() {
    Sample sample = new Sample(9, 1);
    assertThatThrownBy(() -> sample.fit(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9 points for 10 terms");
    Arrays.fill(sample.weights, 0);
    assertThatThrownBy(() -> sample.fit(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pointsOnOneLineAreRefused() {
    Sample sample = new Sample(40, 1);
    for (int i = 0; i < 40; i++) {
      sample.y[i] = 3 * sample.x[i] + 1;
    }
    assertThatThrownBy(() -> sample.fit(1)).hasMessageContaining("degenerate");
    assertThatThrownBy(() -> sample.fit(2)).hasMessageContaining("degenerate");
  }

  @Test
  void pointsInOnePlaceAreRefused() {
    double[] same = new double[20];
    Arrays.fill(same, 512);
    double[] weights = new double[20];
    Arrays.fill(weights, 1e6);
    assertThatThrownBy(() -> PolynomialMap.fit(same, same, same, same, weights, 1))
        .hasMessageContaining("degenerate");
  }

  @Test
  void theInverseUndoesAMildDistortion() {
    PolynomialMap map = new Sample(60, 3).fit(3);
    PolynomialMap inverse = map.inverse(1701, 1701);
    RandomGenerator random = new SplittableRandom(6);
    for (int i = 0; i < 200; i++) {
      double x = random.nextDouble(EDGE);
      double y = random.nextDouble(EDGE);
      double[] p = map.apply(x, y);
      assertThat(inverse.apply(p[0], p[1])).containsExactly(new double[] {x, y}, within(0.02));
    }
  }

  @Test
  void theInverseOfALinearMapIsExact() {
    PolynomialMap inverse = new Sample(60, 1).fit(1).inverse(1701, 1000);
    double[] p = truth(1234, 567, 1);
    assertThat(inverse.apply(p[0], p[1])).containsExactly(new double[] {1234, 567}, within(1e-8));
    assertThat(PolynomialMap.IDENTITY.inverse(10, 10).apply(3, 4))
        .containsExactly(new double[] {3, 4}, within(1e-12));
  }
}
