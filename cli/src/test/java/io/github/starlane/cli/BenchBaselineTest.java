package io.github.starlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.benchmarks.Frame;
import io.github.starlane.benchmarks.suite.Baseline;
import io.github.starlane.benchmarks.suite.KernelSpeed;
import io.github.starlane.core.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchBaselineTest {

  private static final String MACHINE = "simd (16 lanes)";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Events events =
      new TextEvents(
          new Console(
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              0),
          Verbosity.NORMAL);
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void save() {
    file = folder.resolve("baseline.json");
    Baseline.empty()
        .with(MACHINE, "CROP", List.of(speed("a.b", 0.5), speed("c.d 9", 0.02)))
        .with("abacus", "CROP", List.of(speed("a.b", 7)))
        .write(file);
  }

  private static KernelSpeed speed(String kernel, double toCopy) {
    return new KernelSpeed(kernel, 100, toCopy, 8, 2, 2);
  }

  private BenchBaseline guard() {
    return new BenchBaseline(MACHINE, Frame.CROP)
        .comparing(file, List.of("a.b", "new.one"))
        .savingInto(file);
  }

  @Test
  void aRegressionIsNamedAndDoesNotBecomeTheBaseline() throws Exception {
    String before = Files.readString(file);

    ExitCode code =
        guard()
            .conclude(
                List.of(speed("a.b", 0.1), speed("new.one", 1)),
                suspects -> List.of(speed("a.b", 0.2)),
                events);

    assertThat(code).isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("a.b: its ratio to copy fell from 0.500 to 0.200", "left as it is");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("1 of 2 kernels compared: 1 ratio is more than 25 % below the baseline.");
    assertThat(file).hasContent(before);
  }

  @Test
  void whatPassesIsSavedAtItsBestAndOtherMachinesStay() throws Exception {
    ExitCode code =
        guard()
            .conclude(
                List.of(speed("a.b", 0.1), speed("new.one", 1)),
                suspects -> List.of(speed("a.b", 0.6)),
                events);

    assertThat(code).isEqualTo(ExitCode.OK);
    Baseline saved = Baseline.read(file);
    assertThat(saved.kernels(MACHINE, "CROP")).containsExactlyInAnyOrder("a.b", "c.d 9", "new.one");
    assertThat(saved.machines()).containsExactly("abacus", MACHINE);
    assertThat(saved.regressions(MACHINE, "CROP", List.of(speed("a.b", 0.44))))
        .singleElement()
        .satisfies(r -> assertThat(r.before()).isEqualTo(0.6));
  }
}
