package io.github.starlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.benchmarks.suite.Baseline;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {

  private final Session session = new Session();
  @TempDir Path folder;

  @Test
  void kernelsAreListed() {
    assertThat(session.run("bench", "--list", "combine")).isZero();

    assertThat(session.out().lines())
        .contains("combine.median", "combine.minMax")
        .allMatch(line -> line.startsWith("combine."));
  }

  @Test
  void aMisspeltKernelIsAnsweredWithTheNearest() {
    assertThat(session.run("bench", "combine.medin")).isEqualTo(2);
    assertThat(session.err()).contains("combine.median");
    assertThat(session.run("bench", "--frame", "huge")).isEqualTo(2);
    assertThat(session.err()).contains("crop or full");
  }

  /** Once in full, as --check wants it; the baseline is far lower than any machine. */
  @Test
  void ratiosAreComparedAndSaved() throws IOException {
    Path low = Files.writeString(folder.resolve("low.json"), baseline("background.subtract"));
    Path saved = folder.resolve("saved.json");

    int code =
        session.run(
            "bench",
            "-j1",
            "--check",
            "background.subtract",
            "--baseline",
            low.toString(),
            "--save",
            saved.toString());

    assertThat(code).as(session.err()).isZero();
    assertThat(session.out())
        .contains("kernel", "background.subtract", "GB/s on 1 thread")
        .contains("1 of 1 kernels compared: no ratio is more than 25 % below the baseline.");
    assertThat(Baseline.read(saved).kernels(machine(), "CROP"))
        .containsExactly("background.subtract");
  }

  private static String baseline(String kernel) {
    return "{\"machines\": {\""
        + machine()
        + "\": {\"CROP\": {\""
        + kernel
        + "\": {\"toCopy\": 1e-6, \"toScalar\": 1e-6}}}}}";
  }

  private static String machine() {
    VectorModule.load();
    try (Backend backend = Backends.select("auto").backend()) {
      return backend.description();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"machines\": {\"abacus\": {\"CROP\": {}}}}', 2, abacus",
    "'{}', 3, no ratios",
    "'{\"machines\": ', 3, not a baseline",
  })
  void aBaselineThatCannotServeIsRefusedBeforeAnythingIsMeasured(
      String text, int code, String sentence) throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), text);

    assertThat(session.run("bench", "--check", "--baseline", file.toString())).isEqualTo(code);
    assertThat(session.err()).contains(sentence, "--save").doesNotContain("internal error");
    assertThat(session.out()).isEmpty();
    if (code == 3) {
      assertThat(session.run("bench", "--save", file.toString())).isEqualTo(code);
      assertThat(session.out()).isEmpty();
      assertThat(file).hasContent(text);
    }
  }

  @Test
  void aBaselineOfOtherKernelsIsRefusedBeforeAnythingIsMeasured() throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), baseline("combine.median"));

    assertThat(session.run("bench", "fft", "--check", "--baseline", file.toString())).isEqualTo(2);
    assertThat(session.err()).contains("none of these kernels");
    assertThat(session.out()).isEmpty();
  }

  @Test
  void aBaselineThatIsNotThereIsUnreadableInput() {
    String absent = folder.resolve("absent.json").toString();
    assertThat(session.run("bench", "--check", "--baseline", absent)).isEqualTo(3);
    assertThat(session.err()).contains("absent.json", "no such file");
  }

  @ParameterizedTest
  @CsvSource({
    "bench --quick --check, too rough",
    "bench --quick --save x.json, too rough",
    "bench --baseline x.json, give --check too",
    "bench --backend scalar -j 4 --json cameras 2, --backend --threads --json",
    "bench combine cameras 2, Of 'bench' and not of 'cameras': combine",
  })
  void optionsThatDoNotFitAreRefused(String words, String sentence) {
    assertThat(session.run(words.split(" "))).isEqualTo(2);
    assertThat(session.err()).containsIgnoringCase(sentence);
  }

  @Test
  void camerasAreReducedSideBySide() throws Exception {
    Session real = Session.real();

    assertThat(
            real.run(
                "bench", "cameras", "1", "2", "--visit", "tiny", "-o", folder.toString(), "--json"))
        .isZero();

    assertThat(real.events().stream().filter(e -> e.get("event").asText().equals("cameras")))
        .hasSize(2)
        .allMatch(
            e -> e.get("seconds").asDouble() > 0 && e.get("megapixelsPerSecond").asDouble() > 0);
    assertThat(folder.resolve("products/2-cameras/camera-2/metrics.json")).exists();
    assertThat(folder.resolve("warm-up/1-cameras/camera-1/metrics.json")).exists();
    assertThat(real.events().getLast().get("event").asText()).isEqualTo("end");
  }

  @Test
  void aFullDiskOfOneCameraIsAResourceFailure() throws Exception {
    Path file = Files.writeString(folder.resolve("products"), "in the way");
    Session real = Session.real();

    assertThat(real.run("bench", "cameras", "1", "--visit", "tiny", "-o", folder.toString()))
        .isEqualTo(6);
    assertThat(real.err()).contains(file + " is a file, but a folder is needed there");
  }

  @Test
  void aNumberOfCamerasThatMakesNoSenseIsRefused() {
    assertThat(session.run("bench", "cameras", "0")).isEqualTo(2);
    assertThat(session.err()).contains("between 1 and 64");
  }
}
