package io.github.starlane.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.starlane.core.StarlaneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(read.kernels(MACHINE, "CROP")).containsExactlyInAnyOrder("a.b", "c.d 9");
    assertThat(read.kernels(MACHINE, "FULL")).isEmpty();
    assertThat(read.regressions(MACHINE, "CROP", List.of(speed("a.b", 0.3, 8)))).hasSize(1);
    assertThat(read.regressions("simd (8 lanes)", "FULL", List.of(speed("a.b", 0.4, 1)))).isEmpty();
    assertThat(Files.readString(file)).doesNotContain("NaN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "[]",
        "{\"machines\": null}",
        "{\"machines\": {\"a\": null}}",
        "{\"machines\": {\"a\": {\"CROP\": null}}}",
        "{\"machines\": {\"a\": {\"CROP\": {\"b\": null}}}}",
        "{\"engines\": {}}"
      })
  void whatIsNoBaselineIsSaidToBeNone(String text, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("baseline.json"), text);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> Baseline.read(file));
  }

  @Test
  void aFileThatCannotBeWrittenIsAFailureAndLeavesNothing(@TempDir Path folder) throws IOException {
    Path file = Files.createDirectories(folder.resolve("baseline.json/taken")).getParent();
    assertThatExceptionOfType(StarlaneException.class).isThrownBy(() -> baseline.write(file));
    assertThat(folder.toFile().list()).containsExactly("baseline.json");
  }

  @Test
  void aSuspectThatIsFastWhenMeasuredAgainIsAcquitted() {
    List<List<String>> asked = new ArrayList<>();
    ThroughputGuard guard = new ThroughputGuard(baseline, MACHINE, "CROP");

    ThroughputGuard.Verdict found =
        guard.verdict(
            List.of(speed("a.b", 0.5, 8), speed("c.d 9", 0.01, 20)),
            suspects -> {
              asked.add(suspects);
              return List.of(speed("c.d 9", asked.size() == 1 ? 0.012 : 0.02, 20));
            });

    assertThat(found.regressions()).isEmpty();
    assertThat(found.best()).containsExactly(speed("a.b", 0.5, 8), speed("c.d 9", 0.02, 20));
    assertThat(found.compared()).isEqualTo(2);
    // Its name without the parameter: that is how it is measured.
    assertThat(asked).containsExactly(List.of("c.d"), List.of("c.d"));
  }

  @Test
  void aSuspectThatStaysSlowIsNamed() {
    ThroughputGuard guard = new ThroughputGuard(baseline, MACHINE, "CROP");

    assertThat(
            guard
                .verdict(
                    List.of(speed("a.b", 0.1, 8), speed("new.one", 1, 1)),
                    suspects -> List.of(speed("a.b", 0.2, 8)))
                .regressions())
        .singleElement()
        .satisfies(
            regression -> {
              assertThat(regression.kernel()).isEqualTo("a.b");
              assertThat(regression.now()).isEqualTo(0.2);
            });
  }
}
