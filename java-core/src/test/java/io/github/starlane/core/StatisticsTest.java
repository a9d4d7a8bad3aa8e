package io.github.starlane.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertThat(Statistics.median(new double[] {9, 1, 4})).isEqualTo(4);
    assertThat(Statistics.median(new double[] {9, 1, 4, 5})).isEqualTo(4.5);
    assertThat(Statistics.median(new float[] {9, 1, 4, 5})).isEqualTo(4.5);
    assertThat(Statistics.median(DoubleStream.of(2))).isEqualTo(2);
  }

  @Test
  void whatIsNotFiniteDoesNotCountAndNothingHasNoMedian() {
    assertThat(Statistics.median(new double[] {Double.NaN, 3, Double.POSITIVE_INFINITY, 1, 2}))
        .isEqualTo(2);
    assertThat(Statistics.median(new float[] {Float.NaN, 3, Float.NEGATIVE_INFINITY, 1, 2}))
        .isEqualTo(2);
    assertThat(Statistics.median(new double[0])).isNaN();
    assertThat(Statistics.median(new float[] {Float.NaN})).isNaN();
  }

  @Test
  void theArrayIsLeftAsItIs() {
    double[] doubles = {3, 1, 2};
    float[] floats = {3, 1, 2};
    Statistics.median(doubles);
    Statistics.median(floats);
    Statistics.robustDeviation(doubles, 2);
    assertThat(doubles).containsExactly(3, 1, 2);
    assertThat(floats).containsExactly(3, 1, 2);
  }

  @Test
  void theRobustDeviationOfAGaussianIsItsStandardDeviation() {
    SplittableRandom random = new SplittableRandom(1);
    double[] values = random.doubles(20_000).map(u -> 5 + 3 * random.nextGaussian()).toArray();
    for (int i = 0; i < 1000; i++) {
      values[i] = 1e6;
    }
    assertThat(Statistics.robustDeviation(values, 5)).isCloseTo(3.2, within(0.15));
  }
}
