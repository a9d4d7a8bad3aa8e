package io.github.starlane.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepOrderTest {

  @Test
  void goesAlongStripsFromTheFirstOneOn() {
    double[] x = {900, 20, 500, 3, 3};
    double[] y = {100, 100, 3, 120, 98};
    assertArrayEquals(new int[] {2, 3, 4, 1, 0}, SweepOrder.of(x, y));
  }

  @Test
  void visitsEachPlaceOnceWhereverItIs() {
    SplittableRandom random = new SplittableRandom(5);
    double[] x = random.doubles(1000, -1e9, 1e9).toArray();
    double[] y = random.doubles(1000, -1e9, 1e9).toArray();
    x[17] = Double.NaN;
    y[18] = Double.NaN;
    x[19] = Double.NEGATIVE_INFINITY;
    y[20] = Double.POSITIVE_INFINITY;
    int[] order = SweepOrder.of(x, y);
    Arrays.sort(order);
    assertArrayEquals(IntStream.range(0, 1000).toArray(), order);
  }
}
