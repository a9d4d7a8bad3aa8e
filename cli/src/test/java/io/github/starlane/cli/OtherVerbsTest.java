package io.github.starlane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.starlane.core.ExitCode;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.product.ImageCards;
import io.github.starlane.core.report.MetricsFile;
import io.github.starlane.core.report.ReportData;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.kernels.Backends;
import io.github.starlane.testdata.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OtherVerbsTest {

  private final Session session = new Session();
  @TempDir Path folder;

  @Test
  void demoReducesWhatItSimulatedAndComparesWithTheTruth() {
    Path out = folder.resolve("new");

    assertThat(session.run("demo", "-o", out.toString(), "--set", "crop.size=600")).isZero();

    assertThat(session.request().inputs())
        .containsExactly(
            out.resolve("sim/raw/science.fits"),
            out.resolve("sim/calib/dark.fits"),
            out.resolve("sim/calib/flat.fits"));
    assertThat(session.request().output()).isEqualTo(out.resolve("out"));
    assertThat(session.request().referenceCatalog())
        .isEqualTo(out.resolve("sim/reference_catalog.fits"));
    assertThat(session.request().truth()).isEqualTo(out.resolve("sim/truth"));
    // What the user sets comes last and so wins.
    assertThat(session.request().settings()).containsExactly("crop.size=800", "crop.size=600");
    assertThat(session.out()).contains("✓ completeness", "report: ");
    assertThat(session.err().lines().toList()).singleElement().asString().contains("simulate");
  }

  @Test
  void demoLeavesAUsedFolderAloneUnlessForced() throws Exception {
    Files.writeString(folder.resolve("mine"), "precious");

    assertThat(session.run("demo", "-o", folder.toString())).isEqualTo(2);
    assertThat(session.err()).contains("not empty", "--force");
    assertThat(session.hasReduced()).isFalse();
    assertThat(session.run("demo", "-o", folder.toString(), "--force")).isZero();
    assertThat(folder.resolve("mine")).hasContent("precious");
  }

  @Test
  void demoTakesAnEmptyFolder() {
    assertThat(session.run("demo", "-o", folder.toString())).isZero();
  }

  @Test
  void demoDryRunDoesNothing() {
    session.simulating(
        (parameters, out, threads, progress) -> {
          throw new AssertionError("must not simulate");
        });

    assertThat(session.run("demo", "-o", folder.toString(), "--dry-run")).isZero();
    assertThat(session.out()).contains("20 science frames");
    assertThat(session.hasReduced()).isFalse();
  }

  @Test
  void simulateWritesFramesOfTheSizeAskedFor() throws Exception {
    session.simulating(Simulation::run);

    int code =
        session.run(
            "simulate",
            "-o",
            folder.toString(),
            "--preset",
            "tiny",
            "--epochs",
            "2",
            "--size",
            "128x96",
            "--seed",
            "5",
            "--set",
            "psf.fwhm=3.1",
            "-j",
            "2");

    assertThat(code).isZero();
    assertThat(session.out()).contains("2 science frames", "128 × 96", "seed 5");
    try (Stream<Path> files = Files.list(folder.resolve("raw"))) {
      assertThat(files).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--size, 12, like 1200x900",
    "--size, 0x0, light",
    "--set, psf.fwm=3, fwhm",
    "--set, psf.fwhm, KEY=VALUE",
    "--preset, huge, demo",
    "--epochs, many, many",
  })
  void simulateNamesWhatIsWrong(String option, String value, String hint) {
    assertThat(session.run("simulate", "-o", folder.toString(), option, value)).isEqualTo(2);
    assertThat(session.err()).contains(hint);
  }

  @Test
  void simulateIntoAFolderThatCannotBeWrittenIsAResourceFailure() {
    session.simulating(
        (parameters, out, threads, progress) -> {
          throw new UncheckedIOException("cannot create x", new IOException("disk full"));
        });

    assertThat(session.run("simulate", "-o", folder.toString())).isEqualTo(6);
    assertThat(session.err()).contains("disk full");
  }

  @Test
  void reportIsDrawnAgainFromTheMetrics() {
    MetricsFile.write(
        new ReportData(
            ReportData.SCHEMA_VERSION,
            "0.1.0",
            "2026-03-01T20:15:00Z",
            "starlane reduce a",
            "scalar",
            2,
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            null),
        folder.resolve("metrics.json"));

    assertThat(session.run("report", folder.toString())).isZero();
    assertThat(folder.resolve("report.html")).content().contains("starlane reduce a");
  }

  @Test
  void reportWithoutMetricsIsUnreadableInput() {
    assertThat(session.run("report", folder.toString())).isEqualTo(3);
    assertThat(session.err()).contains("metrics.json", "there is no such file");
  }

  @Test
  void doctorListsEveryBackend() throws Exception {
    int code = session.run("doctor", "--json");

    List<JsonNode> findings = session.events();
    JsonNode end = findings.removeLast();
    List<String> names = findings.stream().map(e -> e.get("name").asText()).toList();
    assertThat(names).contains("java", "processors", "memory", "disk here");
    for (var provider : Backends.providers()) {
      assertThat(names).contains("backend " + provider.name());
    }
    boolean usable = Backends.providers().stream().anyMatch(p -> p.probe().usable());
    assertThat(code).isEqualTo(usable ? 0 : 6);
    assertThat(end.get("event").asText()).isEqualTo("end");
    assertThat(end.get("exitCode").asInt()).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void everyExitCodeIsExplained(ExitCode code) {
    assertThat(session.run("explain", Integer.toString(code.number()))).isZero();
    assertThat(session.out()).contains("Exit code");
  }

  @ParameterizedTest
  @EnumSource(MaskBit.class)
  void everyMaskBitIsExplained(MaskBit bit) {
    assertThat(session.run("explain", bit.text())).isZero();
    assertThat(session.out()).startsWith(bit.text() + ": Mask bit");
  }

  @ParameterizedTest
  @CsvSource({
    "flags, FLAGS",
    "cr_laplacian, CR_Laplacian",
    "zero point, zero point",
    "zp, zero point",
    "seeing, FWHM"
  })
  void termsAreFoundInAnyCaseAndByOtherNames(String term, String name) {
    assertThat(session.run(("explain " + term).split(" "))).isZero();
    assertThat(session.out()).startsWith(name + ": ");
  }

  @ParameterizedTest
  @EnumSource(SourceColumn.class)
  void everyColumnIsExplainedWithItsUnitAndUcd(SourceColumn column) {
    assertThat(session.run("explain", column.fitsName())).isZero();
    assertThat(session.out())
        .contains(column.fitsName() + ": Column: " + column.description())
        .contains(column.unit(), "UCD " + column.ucd());
  }

  @Test
  void everyKeywordOfAnImageIsExplained() {
    assertThat(ImageCards.meanings())
        .containsKeys("MEANBCK", "N_STARS", "PSFRANGE", "ST_TREF2", "SKYRAT_4", "PSFFLAGS")
        .allSatisfy(
            (keyword, meaning) -> {
              assertThat(session.run("explain", keyword)).isZero();
              assertThat(session.out()).contains(keyword + ": Header keyword: " + meaning);
              assertThat(keyword).matches("[A-Z0-9_-]{1,8}");
              // What a header card has room for beside a number.
              assertThat(meaning).isNotBlank().hasSizeLessThanOrEqualTo(47);
            });
  }

  @ParameterizedTest
  @CsvSource({"MAG_APR_3, MAG_APER_3", "ST_KURTO, ST_KURT", "psfrang, PSFRANGE"})
  void misspeltColumnsAndKeywordsNameTheNearest(String term, String nearest) {
    assertThat(session.run("explain", term)).isEqualTo(2);
    assertThat(session.err()).contains("'" + nearest + "'");
  }

  @Test
  void unknownTermNamesTheNearest() {
    assertThat(session.run("explain", "Saturatd")).isEqualTo(2);
    assertThat(session.err()).contains("Saturated");
  }

  @Test
  void termsAreListedAndNoNameIsTakenTwice() {
    assertThat(session.run("explain")).isZero();
    assertThat(session.out()).contains("FLAGS", "Saturated", "coadd", "XYERR", "PSFRANGE");
    for (Glossary.Kind kind : Glossary.Kind.values()) {
      assertThat(Glossary.load().names(kind)).doesNotHaveDuplicates().hasSizeGreaterThan(50);
    }
  }

  @ParameterizedTest
  @CsvSource({"abc,abc,0", "abc,abd,1", "'',abc,3", "kitten,sitting,3", "flags,flgs,1"})
  void distanceCountsChanges(String a, String b, int changes) {
    assertThat(Spelling.distance(a, b)).isEqualTo(changes);
    assertThat(Spelling.distance(b, a)).isEqualTo(changes);
  }
}
