package io.github.starlane.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import io.github.starlane.testdata.SimulatedVisit;
import io.github.starlane.testdata.SimulationParameters;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CameraSuiteTest {

  @Test
  void noThreadIsLeftOverAndNoCameraWithout() {
    assertThat(shares(3, 8)).containsExactly(3, 3, 2);
    assertThat(shares(4, 8)).containsExactly(2, 2, 2, 2);
    assertThat(shares(4, 2)).containsExactly(1, 1, 1, 1);
  }

  private static List<Integer> shares(int cameras, int threads) {
    return IntStream.range(0, cameras)
        .mapToObj(camera -> CameraSuite.threads(camera, cameras, threads))
        .toList();
  }

  @Test
  void aFailureOfOneCameraStaysWhatItIs(@TempDir Path folder) {
    Path absent = folder.resolve("absent.fits");
    SimulatedVisit visit =
        new SimulatedVisit(
            SimulationParameters.tiny(),
            List.of(absent),
            List.of(),
            List.of(),
            null,
            absent,
            absent,
            absent,
            absent);
    CameraSuite suite = new CameraSuite(List.of(visit), folder, "scalar", 1, List.of());
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(() -> suite.run(1, null))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT))
        .withMessageContaining("absent.fits");
  }
}
