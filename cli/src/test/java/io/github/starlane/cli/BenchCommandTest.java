package io.github.starlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {

  private final Session session = new Session();
  @TempDir Path folder;

  private int bench(String... more) {
    String[] words = new String[more.length + 5];
    String[] first = {"bench", "--quick", "-j", "1", "background.subtract"};
    System.arraycopy(first, 0, words, 0, first.length);
    System.arraycopy(more, 0, words, first.length, more.length);
    return session.run(words);
  }

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

  @Test
  void whatWasSavedPassesAndAHigherBaselineFailsWithTheKernelsName() throws IOException {
    Path file = folder.resolve("mine.json");
    assertThat(bench("--save", file.toString())).isZero();
    assertThat(session.out()).contains("kernel", "background.subtract", "GB/s on 1 thread");

    // Timings of a moment may fall by more than a quarter: the baseline is made ten times lower …
    String saved = Files.readString(file);
    Files.writeString(file, saved.replaceAll("(\"to\\w+\" : )[0-9.eE+-]+", "$10.0001"));
    assertThat(bench("--check", file.toString())).isZero();
    assertThat(session.out()).contains("No ratio is more than 25 % below");

    // … and then far higher than any machine.
    Files.writeString(file, saved.replaceAll("(\"to\\w+\" : )[0-9.eE+-]+", "$11000000"));
    assertThat(bench("--check", file.toString())).isEqualTo(5);
    assertThat(session.err()).contains("background.subtract: its ratio to copy fell from 1.00e+06");
  }

  @Test
  void aBaselineOfOtherMachinesIsRefusedBeforeAnythingIsMeasured() throws IOException {
    Path file = folder.resolve("other.json");
    Files.writeString(file, "{\"machines\": {\"abacus\": {\"CROP\": {}}}}");

    assertThat(bench("--check", file.toString())).isEqualTo(2);
    assertThat(session.err()).contains("abacus", "--save");
    assertThat(session.out()).isEmpty();
  }

  @Test
  void aBaselineThatIsNoneIsUnreadableInput() {
    assertThat(bench("--check", folder.resolve("absent.json").toString())).isEqualTo(3);
    assertThat(session.err()).contains("absent.json");
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
  }

  @Test
  void aNumberOfCamerasThatMakesNoSenseIsRefused() {
    assertThat(session.run("bench", "cameras", "0")).isEqualTo(2);
    assertThat(session.err()).contains("between 1 and 64");
  }
}
