package io.github.starlane.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.starlane.core.ExitCode;
import io.github.starlane.core.StarlaneException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsFileTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void reportDrawnFromTheFileIsTheSame(long seed) {
    ReportData data = SampleReport.full(seed, 2, 2, 20);
    Path file = folder.resolve(MetricsFile.NAME);

    MetricsFile.write(data, file);

    assertThat(ReportWriter.page(MetricsFile.read(file))).isEqualTo(ReportWriter.page(data));
  }

  @Test
  void unknownNumbersAreNullInTheFile() throws Exception {
    Path file = folder.resolve(MetricsFile.NAME);

    MetricsFile.write(SampleReport.full(1, 2, 2, 8), file);

    assertThat(Files.readString(file))
        .contains("\"background\" : null")
        .contains("\"state\" : \"quarantined\"")
        .doesNotContain("NaN");
    ReportData.Epoch lost = MetricsFile.read(file).visits().get(0).epochs().get(6);
    assertThat(lost.background()).isNaN();
  }

  @Test
  void missingAndUnknownFieldsAreTolerated() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("m.json"),
            "{\"schemaVersion\": 1, \"later\": [1], \"visits\": [{\"name\": \"v\"}]}");

    ReportData data = MetricsFile.read(file);

    assertThat(data.visits().get(0).pixelScale()).isNaN();
    assertThat(data.totals().wallSeconds()).isNaN();
    assertThat(data.frames()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "not json", "[1, 2", "{\"schemaVersion\": 1, \"visits\": 3}"})
  void damagedFileIsUnreadableInput(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("m.json"), content);

    assertThatThrownBy(() -> MetricsFile.read(file))
        .isInstanceOfSatisfying(
            StarlaneException.class,
            e -> assertThat(e.exitCode()).isIn(ExitCode.UNREADABLE_INPUT, ExitCode.CONFLICT));
  }

  @Test
  void missingFileIsUnreadableInput() {
    assertThatThrownBy(() -> MetricsFile.read(folder.resolve("none.json")))
        .hasMessageContaining("there is no such file")
        .isInstanceOfSatisfying(
            StarlaneException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT));
  }

  @Test
  void anotherSchemaIsAConflict() throws Exception {
    Path file = Files.writeString(folder.resolve("m.json"), "{\"schemaVersion\": 99}");

    assertThatThrownBy(() -> MetricsFile.read(file))
        .hasMessageContaining("99")
        .isInstanceOfSatisfying(
            StarlaneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFLICT));
  }
}
