package io.github.starlane.core.astrometry.solve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternMatcherTest {
  private static final double EDGE = 1700;
  private static final double TOLERANCE = 4;

  /** Two lists of the same stars in part, both brightest first. */
  private static final class Lists {
    final double[] x;
    final double[] y;
    final double[] u;
    final double[] v;

    /** Where the stars of the first list should come to lie. */
    final double[] trueU;

    final double[] trueV;

    /** A share of the stars of each list is not in the other. */
    Lists(
        RandomGenerator random,
        int n,
        double degrees,
        double scale,
        boolean mirrored,
        Share share) {
      double a = scale * Math.cos(Math.toRadians(degrees));
      double b = scale * Math.sin(Math.toRadians(degrees));
      double shiftU = random.nextDouble(-800, 800);
      double shiftV = random.nextDouble(-800, 800);
      x = new double[n];
      y = new double[n];
      trueU = new double[n];
      trueV = new double[n];
      double[] listU = new double[2 * n];
      double[] listV = new double[2 * n];
      int m = 0;
      for (int i = 0; i < n; i++) {
        x[i] = random.nextDouble(EDGE);
        y[i] = random.nextDouble(EDGE);
        double z = mirrored ? -y[i] : y[i];
        trueU[i] = a * x[i] - b * z + shiftU;
        trueV[i] = b * x[i] + a * z + shiftV;
        if (random.nextDouble() >= share.missing) {
          listU[m] = trueU[i] + 0.3 * random.nextGaussian();
          listV[m++] = trueV[i] + 0.3 * random.nextGaussian();
        }
        if (random.nextDouble() < share.spurious) {
          listU[m] = shiftU + random.nextDouble(-EDGE, EDGE);
          listV[m++] = shiftV + random.nextDouble(-EDGE, EDGE);
        }
      }
      u = java.util.Arrays.copyOf(listU, m);
      v = java.util.Arrays.copyOf(listV, m);
    }

    /** Largest distance of the image's corners and middle from where they should lie. */
    double worst(PolynomialMap map) {
      double worst = 0;
      for (int i = 0; i < x.length; i++) {
        double[] p = map.apply(x[i], y[i]);
        worst = Math.max(worst, Math.hypot(p[0] - trueU[i], p[1] - trueV[i]));
      }
      return worst;
    }
  }

  /** Fractions of the stars. */
  private record Share(double missing, double spurious) {}

  @ParameterizedTest
  @CsvSource({
    "0, 1, false, 0, 0",
    "90, 1, true, 0, 0",
    "37, 1.019, false, 0.4, 0.3",
    "37, 0.981, true, 0.4, 0.3",
    "181, 1.01, true, 0.4, 0.3",
    "271, 0.985, false, 0.4, 0.3",
    "359.5, 1, false, 0.4, 0.3"
  })
  void findsTheTransform(
      double degrees, double scale, boolean mirrored, double missing, double spurious) {
    for (int seed = 0; seed < 10; seed++) {
      Lists lists =
          new Lists(
              new SplittableRandom(seed),
              50,
              degrees,
              scale,
              mirrored,
              new Share(missing, spurious));
      Optional<PolynomialMap> map =
          new PatternMatcher(0.02, TOLERANCE, true).match(lists.x, lists.y, lists.u, lists.v);
      assertThat(map).as("seed %d", seed).isPresent();
      assertThat(lists.worst(map.orElseThrow())).as("seed %d", seed).isLessThan(3 * TOLERANCE);
    }
  }

  @Test
  void aReflectionIsNotFoundWhereNoneIsAllowed() {
    Lists lists = new Lists(new SplittableRandom(1), 50, 20, 1, true, new Share(0, 0));
    assertThat(new PatternMatcher(0.02, TOLERANCE, false).match(lists.x, lists.y, lists.u, lists.v))
        .isEmpty();
  }

  @Test
  void aScaleOutsideTheToleranceIsNotFound() {
    Lists lists = new Lists(new SplittableRandom(1), 50, 20, 1.06, false, new Share(0, 0));
    assertThat(new PatternMatcher(0.02, TOLERANCE, true).match(lists.x, lists.y, lists.u, lists.v))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"40, 40, 200", "40, 120, 20", "8, 60, 200", "5, 30, 200"})
  void unrelatedListsDoNotMatch(int n, int m, int seeds) {
    int matched = 0;
    for (int seed = 0; seed < seeds; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      double[][] first = points(random, n, EDGE);
      double[][] second = points(random, m, 1.5 * EDGE);
      matched +=
          new PatternMatcher(0.02, TOLERANCE, true)
                  .match(first[0], first[1], second[0], second[1])
                  .isPresent()
              ? 1
              : 0;
    }
    assertThat(matched).isLessThanOrEqualTo(seeds / 100);
  }

  private static double[][] points(RandomGenerator random, int n, double edge) {
    return new double[][] {
      random.doubles(n, 0, edge).toArray(), random.doubles(n, 0, edge).toArray()
    };
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 3", "0, 50", "50, 0", "1, 50"})
  void tooFewStarsAreNoPattern(int n, int m) {
    double[][] stars = points(new SplittableRandom(9), 50, EDGE);
    double[] x = java.util.Arrays.copyOf(stars[0], n);
    double[] y = java.util.Arrays.copyOf(stars[1], n);
    double[] u = java.util.Arrays.copyOf(stars[0], m);
    double[] v = java.util.Arrays.copyOf(stars[1], m);
    assertThat(new PatternMatcher(0.02, TOLERANCE, true).match(x, y, u, v)).isEmpty();
  }

  @Test
  void starsAllInOnePlaceAreNoPattern() {
    double[] same = new double[30];
    assertThat(new PatternMatcher(0.02, TOLERANCE, true).match(same, same, same, same)).isEmpty();
  }
}
