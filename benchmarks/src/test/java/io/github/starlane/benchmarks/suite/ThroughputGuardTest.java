package io.github.starlane.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThroughputGuardTest {

  private static final String MACHINE = "simd (16 lanes)";

  private final Baseline baseline =
      Baseline.empty()
          .with(MACHINE, "CROP", List.of(speed("a.b", 0.5, 8), speed("c.d 9", 0.02, 20)));

  private static KernelSpeed speed(String kernel, double toCopy, double toScalar) {
    return new KernelSpeed(kernel, 100, toCopy, toScalar, 2, 2);
  }

  private List<Baseline.Regression> regressions(KernelSpeed... speeds) {
    return baseline.regressions(MACHINE, "CROP", List.of(speeds));
  }

  @Test
  void aRatioMayFallByAQuarterAndNoMore() {
    assertThat(regressions(speed("a.b", 0.376, 6.01), speed("c.d 9", 0.02, 20))).isEmpty();

    assertThat(regressions(speed("a.b", 0.374, 6.01)))
        .singleElement()
        .hasToString("a.b: its ratio to copy fell from 0.500 to 0.374 (by 25 %)");
    assertThat(regressions(speed("c.d 9", 0.03, 14)))
        .singleElement()
        .hasToString("c.d 9: its ratio to scalar fell from 20.0 to 14.0 (by 30 %)");
  }

  @Test
  void whatIsNewOrNotMeasuredOrOfAnotherMachineIsNoRegression() {
    assertThat(regressions(speed("new.one", 0.01, 1))).isEmpty();
    assertThat(regressions(speed("a.b", 0.5, Double.NaN))).isEmpty();
    assertThat(baseline.regressions("simd (8 lanes)", "CROP", List.of(speed("a.b", 0.1, 1))))
        .isEmpty();
    assertThat(baseline.regressions(MACHINE, "FULL", List.of(speed("a.b", 0.1, 1)))).isEmpty();
  }

  @Test
  void aFileGivesBackWhatWasWrittenAndKeepsOtherMachines(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("baseline.json");
    baseline.with("simd (8 lanes)", "FULL", List.of(speed("a.b", 0.4, Double.NaN))).write(file);

    Baseline read = Baseline.read(file);

    assertThat(read.machines()).containsExactly(MACHINE, "simd (8 lanes)");
    assertThat(read.knows(MACHINE, "CROP")).isTrue();
    assertThat(read.knows(MACHINE, "FULL")).isFalse();
    assertThat(read.regressions(MACHINE, "CROP", List.of(speed("a.b", 0.3, 8)))).hasSize(1);
    assertThat(read.regressions("simd (8 lanes)", "FULL", List.of(speed("a.b", 0.4, 1)))).isEmpty();
    assertThat(Files.readString(file)).doesNotContain("NaN");
  }

  @Test
  void theBuiltInBaselineCanBeRead() {
    assertThat(Baseline.builtIn().machines()).isNotNull();
  }

  @Test
  void aSuspectThatIsFastWhenMeasuredAgainIsAcquitted() {
    List<List<String>> asked = new ArrayList<>();
    ThroughputGuard guard = new ThroughputGuard(baseline, MACHINE, "CROP");

    List<Baseline.Regression> found =
        guard.regressions(
            List.of(speed("a.b", 0.5, 8), speed("c.d 9", 0.01, 20)),
            suspects -> {
              asked.add(suspects);
              return List.of(speed("c.d 9", asked.size() == 1 ? 0.012 : 0.02, 20));
            });

    assertThat(found).isEmpty();
    // Its name without the parameter: that is how it is measured.
    assertThat(asked).containsExactly(List.of("c.d"), List.of("c.d"));
  }

  @Test
  void aSuspectThatStaysSlowIsNamed() {
    ThroughputGuard guard = new ThroughputGuard(baseline, MACHINE, "CROP");

    assertThat(
            guard.regressions(
                List.of(speed("a.b", 0.1, 8)), suspects -> List.of(speed("a.b", 0.2, 8))))
        .singleElement()
        .satisfies(
            regression -> {
              assertThat(regression.kernel()).isEqualTo("a.b");
              assertThat(regression.now()).isEqualTo(0.2);
            });
  }
}
