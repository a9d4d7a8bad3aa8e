package io.github.starlane.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.starlane.core.fits.Section;
import io.github.starlane.core.instrument.FrameType;
import io.github.starlane.core.instrument.InstrumentProfiles;
import io.github.starlane.core.pipeline.PipelineConfig;
import io.github.starlane.core.visit.Visit;
import io.github.starlane.core.visit.VisitPlanner;
import io.github.starlane.core.visit.VisitSettings;
import io.github.starlane.testdata.SimulatedVisit;
import io.github.starlane.testdata.Simulation;
import io.github.starlane.testdata.SimulationParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames of the instruments that have a profile of their own. */
class InstrumentFramesTest {
  private static final Path RATIR = Path.of("..", "..", "shared", "data", "ratir");

  private static Exposure read(Path path) {
    return new ExposureReader(InstrumentProfiles.builtIn()).read(path);
  }

  @Test
  void last(@TempDir Path folder) {
    SimulationParameters parameters = SimulationParameters.tiny();
    SimulatedVisit visit = Simulation.run(parameters, folder, 1, (what, done, total) -> {});
    Exposure e = read(visit.science().get(1));
    assertThat(e.profile().name()).isEqualTo("last");
    assertThat(e.type()).isEqualTo(FrameType.SCIENCE);
    assertThat(e.camera()).isEqualTo("LAST.01.02.03");
    assertThat(e.filter()).isEqualTo("clear");
    assertThat(e.object()).isEqualTo("923");
    assertThat(e.light()).as("[1 256 25 280]").isEqualTo(new Section(0, 24, 256, 256));
    assertThat(e.overscan()).isEqualTo(new Section(256, 0, 34, 280));
    assertThat(e.exposureTime()).isEqualTo(20);
    assertThat((e.midJd() - Times.julianDate("2026-01-15T19:41:44.510").orElseThrow()) * 86400)
        .isEqualTo(20.8 + 10, within(2e-3));
    assertThat(e.gain()).isEqualTo(0.9);
    assertThat(e.readNoise()).isEqualTo(3.5);
    assertThat(e.saturation()).isEqualTo(60000);
    assertThat(e.pixelScale()).isEqualTo(1.25);
    assertThat(e.counter()).isEqualTo(2);
    assertThat(e.rightAscension()).isEqualTo(parameters.pointing().ra(), within(0.2));
    assertThat(e.declination()).isEqualTo(parameters.pointing().dec(), within(0.2));
    assertThat(read(visit.darks().get(0)).type()).isEqualTo(FrameType.DARK);
    assertThat(read(visit.flats().get(0)).type()).isEqualTo(FrameType.FLAT);
  }

  @ParameterizedTest
  @CsvSource({"bias, BIAS, 8", "dark, DARK, 10", "flat, FLAT, 25", "science, SCIENCE, 10"})
  void ratirTypes(String folder, FrameType type, int count) throws IOException {
    assertThat(ratir(folder)).hasSize(count).allSatisfy(e -> assertThat(e.type()).isEqualTo(type));
  }

  @Test
  void ratirCamera() throws IOException {
    Exposure e = ratir("science").get(0);
    assertThat(e.profile().name()).isEqualTo("ratir");
    assertThat(e.camera()).isEqualTo("C1");
    assertThat(e.gain()).isEqualTo(18.64 / 4, within(1e-12));
    assertThat(e.saturation()).isEqualTo(16383);
    assertThat(e.readNoise()).as("not in the header").isNaN();
    assertThat(e.light()).isEqualTo(new Section(0, 0, 1024, 1024));
    assertThat(e.filter()).isEqualTo("i");
    assertThat(e.exposureTime()).isEqualTo(10);
    assertThat(e.midJd())
        .isEqualTo(Times.julianDate("2013-07-16T11:05:05.152").orElseThrow(), within(1e-8));
  }

  /** Requested position + dither offset + offset of the aperture. */
  @Test
  void ratirPointing() throws IOException {
    for (Exposure e : ratir("science")) {
      double ra =
          e.header().number("ETRRQRA", 0)
              + e.header().number("ETRRQRAO", 0)
              + e.header().number("ETRAPRAO", 0);
      double dec =
          e.header().number("ETRRQDE", 0)
              + e.header().number("ETRRQDEO", 0)
              + e.header().number("ETRAPDEO", 0);
      assertThat(ra).isPositive();
      assertThat(e.rightAscension()).isEqualTo(ra, within(1e-9));
      assertThat(e.declination()).isEqualTo(dec, within(1e-9));
    }
  }

  @Test
  void ratirDitherGroups() throws IOException {
    VisitSettings settings = PipelineConfig.load(null, List.of()).visit();
    List<Visit> visits = new VisitPlanner(settings).plan(ratir("science"));
    assertThat(visits).hasSize(2);
    assertThat(times(visits.get(0)))
        .containsExactly("110452", "110712", "110750", "110958", "111041");
    assertThat(times(visits.get(1)))
        .containsExactly("110553", "110629", "110834", "110910", "111123");
  }

  private static List<String> times(Visit visit) {
    return visit.exposures().stream().map(e -> e.name().substring(9, 15)).toList();
  }

  private static List<Exposure> ratir(String folder) throws IOException {
    assumeThat(RATIR).as("real data are not at hand").exists();
    try (Stream<Path> files = Files.list(RATIR.resolve(folder))) {
      return files.sorted().map(InstrumentFramesTest::read).toList();
    }
  }
}
