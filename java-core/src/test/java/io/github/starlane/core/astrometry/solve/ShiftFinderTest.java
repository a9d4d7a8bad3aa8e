package io.github.starlane.core.astrometry.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftFinderTest {
  private static final double EDGE = 1700;

  @ParameterizedTest
  @CsvSource({"0, 0", "12.3, -7.9", "-119, 119", "55.5, 0.2", "3, -118.5"})
  void findsTheShiftOfListsThatShareHalfOfTheirStars(double dx, double dy) {
    for (int seed = 0; seed < 20; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      int n = 100;
      double[] x = random.doubles(n, 0, EDGE).toArray();
      double[] y = random.doubles(n, 0, EDGE).toArray();
      double[] u = random.doubles(n, 0, EDGE).toArray();
      double[] v = random.doubles(n, 0, EDGE).toArray();
      for (int i = 0; i < n / 2; i++) {
        u[2 * i] = x[2 * i] + dx + 0.2 * random.nextGaussian();
        v[2 * i] = y[2 * i] + dy + 0.2 * random.nextGaussian();
      }
      double[] shift = ShiftFinder.find(x, y, u, v, 120, 2);
      assertThat(shift).as("seed %d", seed).isNotNull();
      assertThat(shift[0]).isCloseTo(dx, within(0.3));
      assertThat(shift[1]).isCloseTo(dy, within(0.3));
    }
  }

  @ParameterizedTest
  @CsvSource({"120, 120, 120, 2", "150, 300, 400, 3", "20, 20, 120, 2", "6, 8, 120, 2"})
  void unrelatedListsHaveNoShift(int n, int m, double reach, double cell) {
    int found = 0;
    for (int seed = 0; seed < 200; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      double[] x = random.doubles(n, 0, EDGE).toArray();
      double[] y = random.doubles(n, 0, EDGE).toArray();
      double[] u = random.doubles(m, 0, EDGE).toArray();
      double[] v = random.doubles(m, 0, EDGE).toArray();
      found += ShiftFinder.find(x, y, u, v, reach, cell) == null ? 0 : 1;
    }
    assertThat(found).isLessThanOrEqualTo(2);
  }

  @Test
  void fewStarsWithTheSameShiftAreEnough() {
    double[] x = {100, 700, 1500, 300, 900};
    double[] y = {900, 100, 1200, 300, 1600};
    double[] u = Arrays.stream(x).map(a -> a + 31).toArray();
    double[] v = Arrays.stream(y).map(a -> a - 17).toArray();
    assertThat(ShiftFinder.find(x, y, u, v, 120, 2)).containsExactly(31, -17);
  }

  @Test
  void pointsWithoutPositionDoNotCount() {
    double[] x = new double[50];
    Arrays.fill(x, Double.NaN);
    double[] u = new SplittableRandom(2).doubles(50, 0, EDGE).toArray();
    assertThat(ShiftFinder.find(x, x, u, u, 120, 2)).isNull();
  }

  @Test
  void emptyListsHaveNoShift() {
    double[] none = {};
    double[] some = {1, 2, 3};
    assertThat(ShiftFinder.find(none, none, some, some, 120, 2)).isNull();
    assertThat(ShiftFinder.find(some, some, none, none, 120, 2)).isNull();
  }
}
