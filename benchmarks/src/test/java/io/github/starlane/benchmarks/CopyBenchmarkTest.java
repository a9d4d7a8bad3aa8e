package io.github.starlane.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyBenchmarkTest {

  private static final long MEGABYTE = 1 << 20;

  @ParameterizedTest
  @CsvSource({"1, 2048", "4, 2048", "16, 8192", "1, 512"})
  void allThreadsTogetherTakeAQuarterOfTheHeapAtMost(int threads, long heap) {
    int size = 1716 * 1716;
    int planes = CopyBenchmark.planes(size, threads, heap * MEGABYTE);
    long bytes = 2L * Float.BYTES * planes * size * threads;
    // Whole planes: up to one more for each thread.
    long onePlaneEach = 2L * Float.BYTES * size * threads;
    assertThat(bytes).isLessThanOrEqualTo(heap * MEGABYTE / 4 + onePlaneEach);
    assertThat(bytes).isLessThanOrEqualTo(512 * MEGABYTE + onePlaneEach);
    assertThat(bytes).isGreaterThanOrEqualTo(Math.min(512, heap / 4) * MEGABYTE);
  }

  @ParameterizedTest
  @CsvSource({"1", "100"})
  void neverFewerThanTwoPlanesOfWhateverSize(int threads) {
    assertThat(CopyBenchmark.planes(1 << 27, threads, MEGABYTE)).isEqualTo(2);
  }
}
