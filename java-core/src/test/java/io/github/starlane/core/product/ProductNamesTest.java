package io.github.starlane.core.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.fits.FitsHeader;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.instrument.FrameType;
import io.github.starlane.core.instrument.InstrumentProfiles;
import io.github.starlane.core.visit.Visit;
import java.nio.file.Path;
import java.util.List;
import nom.tam.fits.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductNamesTest {
  private static final Path OUT = Path.of("out");
  private final ProductNames names = new ProductNames(OUT);

  private static Exposure exposure(String name) {
    FitsHeader header = new FitsHeader(new Header());
    Path file = Path.of("raw", name);
    return new Exposure(
        file,
        0,
        header,
        InstrumentProfiles.builtIn().choose(file, header),
        FrameType.SCIENCE,
        "camera",
        "clear",
        "923",
        100,
        100,
        new Section(0, 0, 100, 100),
        null,
        20,
        2460000,
        1,
        1,
        60000,
        60000,
        0,
        0,
        0,
        0,
        1.25,
        Double.NaN,
        Double.NaN,
        1,
        List.of());
  }

  private static Visit visit(Exposure exposure) {
    return new Visit("camera_clear_923_1", List.of(exposure));
  }

  @ParameterizedTest
  @CsvSource({
    "LAST.01.02.03_20230603.001529.185_clear_923_010_001_001_sci_raw_Image_1.fits.fz, 1,"
        + " LAST.01.02.03_20230603.001529.185_clear_923_010_001_001_sci_proc_Cat_1.fits",
    "LAST.01.02.03_20230603.001529.185_clear_923_010_001_001_sci_raw_Image_1.fits, 24,"
        + " LAST.01.02.03_20230603.001529.185_clear_923_010_001_024_sci_proc_Cat_1.fits",
    "LAST.11.10.04_20240101.235959.000_clear_346+79_020_001__sci_raw_Image_1.fits, 7,"
        + " LAST.11.10.04_20240101.235959.000_clear_346+79_020_001_007_sci_proc_Cat_1.fits",
    "20130907T110452C1o.fits.gz, 1, 20130907T110452C1o_001_proc_Cat.fits",
    "M 31 light.FIT, 3, M 31 light_003_proc_Cat.fits",
    "frame.fts, 12, frame_012_proc_Cat.fits"
  })
  void epochCatalogues(String raw, int crop, String expected) {
    Exposure exposure = exposure(raw);
    assertThat(names.epochCatalog(visit(exposure), exposure, crop))
        .isEqualTo(OUT.resolve("camera_clear_923_1/epochs").resolve(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "LAST.01.02.03_20230603.001529.185_clear_923_010_001_001_sci_raw_Image_1.fits, 5, Cat,"
        + " LAST.01.02.03_20230603.001529.185_clear_923_000_001_005_sci_coadd_Cat_1.fits",
    "LAST.01.02.03_20230603.001529.185_clear_923_010_001_001_sci_raw_Image_1.fits, 5, Image,"
        + " LAST.01.02.03_20230603.001529.185_clear_923_000_001_005_sci_coadd_Image_1.fits",
    "other.fits, 5, Image, camera_clear_923_1_005_coadd_Image.fits"
  })
  void coadds(String raw, int crop, String product, String expected) {
    assertThat(names.coadd(visit(exposure(raw)), crop, product))
        .isEqualTo(OUT.resolve("camera_clear_923_1/coadd").resolve(expected));
  }

  @Test
  void cropsAndEpochsHaveFilesOfTheirOwn() {
    Exposure a =
        exposure("LAST.01.02.03_20230603.001529.185_clear_923_010_001_001_sci_raw_Image_1.fits");
    Exposure b =
        exposure("LAST.01.02.03_20230603.001551.185_clear_923_011_001_001_sci_raw_Image_1.fits");
    Visit visit = new Visit("v", List.of(a, b));
    assertThat(
            List.of(
                names.epochCatalog(visit, a, 1),
                names.epochCatalog(visit, a, 2),
                names.epochCatalog(visit, b, 1),
                names.coadd(visit, 1, "Cat"),
                names.coadd(visit, 2, "Cat"),
                names.coadd(visit, 1, "Image")))
        .doesNotHaveDuplicates();
  }

  @Test
  void mastersHaveNamesFitForFiles() {
    assertThat(names.master("flat r' (QHY 600)"))
        .isEqualTo(OUT.resolve("calib/flat_r_QHY_600_.fits"));
  }
}
