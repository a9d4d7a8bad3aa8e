package io.github.starlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.testdata.SimulatedVisit;
import io.github.starlane.testdata.Simulation;
import io.github.starlane.testdata.SimulationParameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts JVMs without the module: as the launcher does, with the means to load it, and without. */
class VectorModuleTest {

  @TempDir Path folder;

  @Test
  void simdIsUsableAndTheJvmDoesNotWarn() throws Exception {
    int code =
        starlane(
            List.of("--add-exports", "java.base/jdk.internal.module=ALL-UNNAMED"),
            List.of("doctor"));

    assertThat(code).isZero();
    assertThat(Files.readString(out())).containsPattern("[^–] backend simd +Vector API");
    assertThat(err()).isEmptyFile();
  }

  @Test
  void withoutTheModuleTheScalarBackendDoesAllWithOneWarning() throws Exception {
    SimulatedVisit visit =
        Simulation.run(SimulationParameters.tiny(), folder.resolve("sim"), 1, (a, b, c) -> {});

    int code =
        starlane(
            List.of(),
            List.of(
                "reduce",
                folder.resolve("sim").toString(),
                "-o",
                folder.resolve("products").toString(),
                "--catalog",
                visit.referenceCatalog().toString()));

    assertThat(code).isZero();
    assertThat(Files.readAllLines(err()).stream().filter(line -> line.contains("backend")))
        .singleElement()
        .asString()
        .contains("plain Java", "--add-modules jdk.incubator.vector");
    assertThat(folder.resolve("products/report.html")).exists();
  }

  private int starlane(List<String> options, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Starlane.class.getName());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out().toFile())
            .redirectError(err().toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("finished").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Path err() {
    return folder.resolve("err");
  }
}
