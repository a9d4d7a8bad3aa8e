package io.github.starlane.core.astrometry.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.astrometry.solve.StarMatcher.Points;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class StarMatcherTest {
  private static final double EDGE = 1700;
  private static final double NOISE = 0.1;

  private static double[] truth(double x, double y) {
    double a = x / EDGE - 0.5;
    double b = y / EDGE - 0.5;
    return new double[] {
      x + 3 + 8 * a * a - 4 * a * b + 6 * a * a * a, y - 2 + 5 * b * b - 6 * a * b * b
    };
  }

  /** The first {@code n} stars of both lists are the same, the others are not. */
  private static Points[] lists(RandomGenerator random, int n, int strangers) {
    int all = n + strangers;
    double[] x = random.doubles(all, 0, EDGE).toArray();
    double[] y = random.doubles(all, 0, EDGE).toArray();
    double[] u = random.doubles(all, 0, EDGE).toArray();
    double[] v = random.doubles(all, 0, EDGE).toArray();
    double[] error = new double[all];
    Arrays.fill(error, NOISE);
    for (int i = 0; i < n; i++) {
      double[] p = truth(x[i], y[i]);
      u[i] = p[0] + NOISE * random.nextGaussian();
      v[i] = p[1] + NOISE * random.nextGaussian();
    }
    return new Points[] {new Points(x, y, error), new Points(u, v, new double[all])};
  }

  @Test
  void theDistortionIsFoundAndStrangersAreLeftOut() {
    Points[] lists = lists(new SplittableRandom(1), 300, 150);
    Match match =
        new StarMatcher(8, 1, 3).refine(lists[0], lists[1], PolynomialMap.IDENTITY).orElseThrow();
    long right = 0;
    for (int k = 0; k < match.count(); k++) {
      right += match.first()[k] == match.second()[k] && match.first()[k] < 300 ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(285);
    assertThat(match.count() - right).isLessThanOrEqualTo(2);
    assertThat(match.rms()).isCloseTo(NOISE, within(0.01));
    for (double[] p : new double[][] {{850, 850}, {200, 200}, {1500, 300}}) {
      assertThat(match.map().apply(p[0], p[1]))
          .containsExactly(truth(p[0], p[1]), within(NOISE / 2));
    }
  }

  @Test
  void aPairIsOneToOneWhereStarsCrowd() {
    Points[] lists = lists(new SplittableRandom(2), 200, 100);
    // Every stranger of the first list stands 1.5 pixels from a star.
    for (int i = 0; i < 100; i++) {
      lists[0].x()[200 + i] = lists[0].x()[i] + 1.5;
      lists[0].y()[200 + i] = lists[0].y()[i];
    }
    Match match =
        new StarMatcher(8, 4, 3).refine(lists[0], lists[1], PolynomialMap.IDENTITY).orElseThrow();
    assertThat(match.first()).doesNotHaveDuplicates();
    assertThat(match.second()).doesNotHaveDuplicates();
    assertThat(match.count()).isGreaterThan(180);
  }

  @Test
  void starsThatMovedAreClipped() {
    Points[] lists = lists(new SplittableRandom(6), 300, 0);
    for (int i = 0; i < 30; i++) {
      lists[1].x()[i] += 0.8;
    }
    Match match =
        new StarMatcher(8, 1.5, 3).refine(lists[0], lists[1], PolynomialMap.IDENTITY).orElseThrow();
    assertThat(Arrays.stream(match.first()).filter(i -> i < 30).count()).isLessThanOrEqualTo(2);
    assertThat(match.count()).isGreaterThan(260);
    assertThat(match.rms()).isCloseTo(NOISE, within(0.01));
  }

  @Test
  void fewStarsGiveASimplerMapping() {
    Points[] lists = lists(new SplittableRandom(3), 12, 0);
    Match match =
        new StarMatcher(20, 10, 3).refine(lists[0], lists[1], PolynomialMap.IDENTITY).orElseThrow();
    assertThat(match.map().degree()).isEqualTo(1);
  }

  @Test
  void listsThatAgreeExactlyKeepAllTheirPairs() {
    double[] x = new SplittableRandom(4).doubles(100, 0, EDGE).toArray();
    double[] y = new SplittableRandom(5).doubles(100, 0, EDGE).toArray();
    double[] error = new double[100];
    Arrays.fill(error, 0.02);
    Points points = new Points(x, y, error);
    for (int degree = 0; degree <= 3; degree++) {
      Match match =
          new StarMatcher(8, 1, degree)
              .refine(points, points, PolynomialMap.IDENTITY)
              .orElseThrow();
      assertThat(match.count()).isEqualTo(100);
    }
  }

  @Test
  void nothingInCommonIsNoMatch() {
    Points here =
        new Points(new double[] {1, 2, 3}, new double[] {1, 5, 9}, new double[] {1, 1, 1});
    Points there =
        new Points(new double[] {900, 800}, new double[] {900, 500}, new double[] {1, 1});
    Points none = new Points(new double[0], new double[0], new double[0]);
    StarMatcher matcher = new StarMatcher(8, 1, 3);
    assertThat(matcher.refine(here, there, PolynomialMap.IDENTITY)).isEmpty();
    assertThat(matcher.refine(none, there, PolynomialMap.IDENTITY)).isEmpty();
    assertThat(matcher.refine(here, none, PolynomialMap.IDENTITY)).isEmpty();
  }

  @Test
  void starsOnOneLineGiveNoMapping() {
    int n = 40;
    double[] x = new double[n];
    double[] error = new double[n];
    Arrays.setAll(x, i -> 40.0 * i);
    Arrays.fill(error, 0.1);
    Points line = new Points(x, x, error);
    Optional<Match> match = new StarMatcher(8, 1, 3).refine(line, line, PolynomialMap.IDENTITY);
    assertThat(match).isEmpty();
  }
}
