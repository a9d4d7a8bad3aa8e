package io.github.starlane.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.Workers;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.frame.ExposureReader;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.instrument.InstrumentProfiles;
import io.github.starlane.core.pipeline.PipelineConfig;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import io.github.starlane.testdata.DetectorParameters;
import io.github.starlane.testdata.SimulatedVisit;
import io.github.starlane.testdata.Simulation;
import io.github.starlane.testdata.SimulationParameters;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.List;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masters of a simulated LAST camera against the simulation's truth. */
class SimulatedMastersTest {
  private static final double HOTTER_THAN = 30;

  @TempDir static Path folder;

  private static SimulatedVisit visit;
  private static MasterFrame dark;
  private static MasterFrame flat;

  @BeforeAll
  static void simulate() {
    SimulationParameters tiny = SimulationParameters.tiny();
    SimulationParameters parameters =
        tiny.with("detector.hotPixelFraction", "0.002")
            .with("detector.darkCurrent", "1")
            .with("detector.ampGlow", "0")
            .with("observation.darks", "6");
    visit = Simulation.run(parameters, folder, 2, (what, done, total) -> {});
    try (Backend backend = Backends.select("auto").backend();
        Workers workers = new Workers(2)) {
      MasterBuilder builder =
          new MasterBuilder(backend, workers, PipelineConfig.load(null, List.of()).calibration());
      dark = builder.dark(read(visit.darks()), null);
      flat = builder.flat(read(visit.flats()), null, dark);
    }
  }

  private static List<Exposure> read(List<Path> paths) {
    ExposureReader reader = new ExposureReader(InstrumentProfiles.builtIn());
    return paths.stream().map(reader::read).toList();
  }

  @Test
  void levelOfTheDark() {
    DetectorParameters detector = visit.parameters().detector();
    double expected = 20 * detector.darkCurrent() / detector.gain();
    assertThat(dark.median()).as("above the overscan").isEqualTo(expected, within(0.4));
    assertThat(dark.containsBias()).isTrue();
  }

  @Test
  void hotPixelsOfTheTruthAreMasked() throws IOException {
    int found = 0;
    try (Fits fits = new Fits(visit.truthEvents().toFile())) {
      BinaryTableHDU table = (BinaryTableHDU) fits.getHDU("HOT_PIXELS");
      Object x = table.getColumn("X");
      Object y = table.getColumn("Y");
      Object rate = table.getColumn("RATE");
      for (int i = 0; i < table.getNRows(); i++) {
        if (Array.getDouble(rate, i) > HOTTER_THAN) {
          int column = Array.getInt(x, i) - 1;
          int row = Array.getInt(y, i) - 1 - 24;
          assertThat(dark.mask()[row * dark.width() + column] & MaskBit.DARK_HIGH.bit())
              .as("hot pixel %d, %d", column, row)
              .isNotZero();
          found++;
        }
      }
    }
    assertThat(found).isGreaterThan(30);
    long masked =
        java.util.Arrays.stream(dark.mask())
            .filter(m -> (m & MaskBit.DARK_HIGH.bit()) != 0)
            .count();
    assertThat(masked).as("no more than the hot pixels there are").isLessThanOrEqualTo(135);
  }

  @Test
  void flatFallsTowardsTheCornersByTheVignetting() {
    double centre = mean(118, 118, 20);
    double corners =
        (mean(0, 0, 20) + mean(236, 0, 20) + mean(0, 236, 20) + mean(236, 236, 20)) / 4;
    double vignetting = visit.parameters().detector().vignetting();
    // Dust adds a few thousandths; the corner boxes lie at 0.92 of the way out.
    assertThat(1 - corners / centre).isEqualTo(vignetting * 0.92 * 0.92, within(0.04));
    assertThat(flat.used()).isBetween(1, 3);
  }

  private static double mean(int x1, int y1, int size) {
    double sum = 0;
    int n = 0;
    for (int y = y1; y < y1 + size; y++) {
      for (int x = x1; x < x1 + size; x++) {
        int i = y * flat.width() + x;
        if (flat.mask()[i] == 0) {
          sum += flat.pixels()[i];
          n++;
        }
      }
    }
    return sum / n;
  }
}
