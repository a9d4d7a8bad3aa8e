package io.github.starlane.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeighbourGridTest {
  @ParameterizedTest
  @ValueSource(ints = {5, 60, 900})
  void agreesWithComparingAllPairs(int count) {
    FrameGeometry frame = new FrameGeometry(301, 203, 34, 24);
    CounterRandom random = CounterRandom.of(3, count);
    double[] x = random.doubles(count, -60, 361).toArray();
    double[] y = random.doubles(count, -60, 263).toArray();
    double[] flux = random.doubles(count).map(u -> Math.pow(10, 4 * u)).toArray();
    NeighbourGrid grid = new NeighbourGrid(x, y, flux, frame);
    for (int i = 0; i < count; i++) {
      double best = NeighbourGrid.LIMIT;
      for (int j = 0; j < count; j++) {
        if (j != i && flux[j] > 0.1 * flux[i]) {
          best = Math.min(best, Math.hypot(x[j] - x[i], y[j] - y[i]));
        }
      }
      assertThat(grid.nearest(i, 0.1 * flux[i])).isCloseTo(best, within(1e-9));
    }
  }
}
