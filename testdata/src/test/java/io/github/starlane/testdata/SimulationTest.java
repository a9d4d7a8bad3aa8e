package io.github.starlane.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nom.tam.fits.Header;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {
  @TempDir static Path folder;
  private static SimulatedVisit visit;
  private static final List<String> STEPS = new ArrayList<>();

  @BeforeAll
  static void simulate() {
    visit =
        Simulation.run(
            SimulationParameters.tiny(),
            folder.resolve("two"),
            2,
            (what, done, total) -> STEPS.add(done + "/" + total));
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).map(root::relativize).sorted().toList();
    }
  }

  @Test
  void theBytesDependOnTheSeedButNotOnTheThreads() throws IOException {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    Simulation.run(SimulationParameters.tiny(), one, 1, SimulationProgress.SILENT);
    SimulationParameters reseeded = SimulationParameters.tiny().toBuilder().seed(5).build();
    Simulation.run(reseeded, other, 2, SimulationProgress.SILENT);
    List<Path> files = files(folder.resolve("two"));
    assertThat(files).hasSize(3 + 3 + 3 + 1 + 4).isEqualTo(files(one)).isEqualTo(files(other));
    for (Path file : files) {
      Path reference = folder.resolve("two").resolve(file);
      assertThat(Files.mismatch(one.resolve(file), reference)).as(file.toString()).isEqualTo(-1);
      assertThat(Files.mismatch(other.resolve(file), reference))
          .as(file.toString())
          .isNotNegative();
    }
  }

  @Test
  void everyFileIsValidFits() throws IOException {
    for (Path file : files(folder.resolve("two"))) {
      int expected = file.startsWith("raw") || file.startsWith("calib") ? 1 : 2;
      assertThat(WrittenFits.verify(folder.resolve("two").resolve(file)))
          .as(file.toString())
          .isGreaterThanOrEqualTo(expected);
    }
  }

  @Test
  void progressRunsToTheEnd() {
    assertThat(STEPS).hasSize(1 + 3 + 3 + 3 + 1).endsWith("11/11").startsWith("1/11");
  }

  @Test
  void namesAndHeadersAreThoseOfLast() {
    Path first = visit.science().getFirst();
    String name = "LAST.01.02.03_20260115.194144.510_clear_923_001_001_001_sci_raw_Image_1.fits";
    assertThat(first.getFileName().toString()).isEqualTo(name);
    assertThat(visit.darks().getFirst().getFileName().toString())
        .endsWith("_clear__001_001_001_dark_raw_Image_1.fits");
    assertThat(visit.flats().getLast().getFileName().toString())
        .endsWith("_clear__003_001_001_twflat_raw_Image_1.fits");
    Header header = WrittenFits.header(first, 0);
    assertThat(header.getStringValue("FILENAME")).isEqualTo(name);
    assertThat(header.getIntValue("NAXIS1")).isEqualTo(256 + 34);
    assertThat(header.getIntValue("NAXIS2")).isEqualTo(256 + 24);
    assertThat(header.getStringValue("LIGHTSEC")).isEqualTo("[1 256 25 280]");
    assertThat(header.getStringValue("OVERSCAN")).isEqualTo("[257 290 1 280]");
    assertThat(header.getStringValue("IMTYPE")).isEqualTo("sci");
    assertThat(header.getDoubleValue("GAIN")).isEqualTo(0.9);
    assertThat(header.getDoubleValue("COUNTER")).isEqualTo(1);
    // 2026-01-15T19:41:44.510, from the Julian date of 2026-01-15T12:00 = 2461056.
    assertThat(header.getDoubleValue("JD")).isCloseTo(2461056 + 27704.51 / 86400, within(1e-8));
    assertThat(Math.abs(header.getDoubleValue("DEC") - 21.5)).isLessThan(0.021);
    assertThat(Math.abs(header.getDoubleValue("RA") - 118)).isBetween(1e-6, 0.021 / 0.93);
  }

  @Test
  void theFullSizeKeepsTheGeometryOfLast() {
    FrameGeometry frame = SimulationParameters.last().frame();
    assertThat(frame.rawWidth()).isEqualTo(6422);
    assertThat(frame.rawHeight()).isEqualTo(9600);
    assertThat(frame.lightSection()).isEqualTo("[1 6388 25 9600]");
    assertThat(frame.overscanSection()).isEqualTo("[6389 6422 1 9600]");
  }

  @Test
  void unexposedPixelsHoldBiasOnly() {
    int[][] counts = WrittenFits.pixels(visit.science().getFirst());
    assertThat(mean(counts, 256, 290, 0, 280)).isCloseTo(100, within(4.0));
    assertThat(mean(counts, 0, 256, 0, 24)).isCloseTo(100, within(4.0));
    assertThat(mean(counts, 0, 256, 24, 280)).isGreaterThan(250);
  }

  @Test
  void detectionsAreTheProjectedStars() {
    double[] ids = WrittenFits.column(visit.truthStars(), "STARS", "ID");
    double[] ra = WrittenFits.column(visit.truthStars(), "STARS", "RA");
    double[] dec = WrittenFits.column(visit.truthStars(), "STARS", "DEC");
    double[] star = WrittenFits.column(visit.truthEpochs(), "DETECTIONS", "ID");
    double[] epoch = WrittenFits.column(visit.truthEpochs(), "DETECTIONS", "EPOCH");
    double[] x = WrittenFits.column(visit.truthEpochs(), "DETECTIONS", "X");
    double[] y = WrittenFits.column(visit.truthEpochs(), "DETECTIONS", "Y");
    List<EpochConditions> epochs = VisitPlan.epochs(visit.parameters());
    assertThat(star).hasSizeGreaterThan(3 * 50);
    for (int i = 0; i < star.length; i++) {
      int row = (int) star[i] - 1;
      assertThat(ids[row]).isEqualTo(star[i]);
      TangentPlane wcs = epochs.get((int) epoch[i] - 1).wcs();
      PixelPoint pixel = wcs.toPixel(new SkyPoint(ra[row], dec[row]));
      assertThat(x[i]).isCloseTo(pixel.x() + 1, within(1e-6));
      assertThat(y[i]).isCloseTo(pixel.y() + 25, within(1e-6));
    }
  }

  @Test
  void theReferenceCatalogueListsTheStarsAtItsEpochWithItsErrors() {
    Path path = visit.referenceCatalog();
    double[] id = WrittenFits.column(path, "REFERENCE", "SOURCE_ID");
    double[] catDec = WrittenFits.column(path, "REFERENCE", "DEC");
    double[] pmDec = WrittenFits.column(path, "REFERENCE", "PMDEC");
    double[] decError = WrittenFits.column(path, "REFERENCE", "DEC_ERR");
    double[] g = WrittenFits.column(path, "REFERENCE", "MAG_G");
    double[] dec = WrittenFits.column(visit.truthStars(), "STARS", "DEC");
    double[] mag = WrittenFits.column(visit.truthStars(), "STARS", "MAG");
    double[] colour = WrittenFits.column(visit.truthStars(), "STARS", "COLOUR");
    double chi2 = 0;
    for (int i = 0; i < id.length; i++) {
      int star = (int) (id[i] - 4_000_000_000_000L) - 1;
      double years = ReferenceCatalog.years(visit.parameters());
      double offset = (catDec[i] + pmDec[i] * years / 3.6e6 - dec[star]) * 3.6e6;
      chi2 += Math.pow(offset / Math.hypot(decError[i], 0.8 * decError[i] * years), 2);
      assertThat(g[i]).isCloseTo(mag[star] - 0.08 * colour[star], within(0.05));
    }
    assertThat(years()).isCloseTo(10.04, within(0.01));
    assertThat(chi2 / id.length).isCloseTo(1, within(5 * Math.sqrt(2.0 / id.length)));
    long deep = java.util.Arrays.stream(g).filter(m -> m < 20.5).count();
    long all =
        java.util.stream.IntStream.range(0, mag.length)
            .filter(i -> mag[i] - 0.08 * colour[i] < 20.5)
            .count();
    assertThat((double) deep / all).isCloseTo(1, within(0.02));
  }

  private static double years() {
    return ReferenceCatalog.years(visit.parameters());
  }

  @Test
  void eventsAreListedInsideTheLightArea() {
    double[] y = WrittenFits.column(visit.truthEvents(), "COSMIC_RAYS", "Y");
    double[] electrons = WrittenFits.column(visit.truthEvents(), "COSMIC_RAYS", "ELECTRONS");
    assertThat(y).isNotEmpty();
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).isBetween(25.0, 280.0);
      assertThat(electrons[i]).isPositive();
    }
    assertThat(WrittenFits.column(visit.truthEvents(), "STREAKS", "EPOCH")).hasSize(1);
    assertThat(WrittenFits.column(visit.truthEvents(), "HOT_PIXELS", "RATE")).hasSize(13);
    assertThat(WrittenFits.column(visit.truthEvents(), "DEAD_COLUMNS", "X")).hasSize(2);
    assertThat(WrittenFits.column(visit.truthMovers(), "MOVERS", "ID")).hasSize(3);
  }

  static double mean(int[][] counts, int x0, int x1, int y0, int y1) {
    double sum = 0;
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        sum += counts[y][x];
      }
    }
    return sum / ((double) (x1 - x0) * (y1 - y0));
  }
}
