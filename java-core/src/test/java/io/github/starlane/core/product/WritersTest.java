package io.github.starlane.core.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.astrometry.wcs.TangentPlane;
import io.github.starlane.core.astrometry.wcs.Wcs;
import io.github.starlane.core.calibration.MasterFrame;
import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.fits.FitsFile;
import io.github.starlane.core.fits.FitsHdu;
import io.github.starlane.core.fits.FitsHeader;
import io.github.starlane.core.fits.FitsTable;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import io.github.starlane.core.streak.Streak;
import io.github.starlane.core.streak.StreakColumn;
import io.github.starlane.core.streak.StreakEnd;
import io.github.starlane.core.streak.StreakKind;
import io.github.starlane.core.streak.StreakTable;
import io.github.starlane.core.visit.Coadd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritersTest {
  @TempDir private Path folder;

  /** Another one for each column. */
  private static double value(SourceColumn column) {
    return Arrays.asList(SourceColumn.values()).indexOf(column) + 0.25;
  }

  private static SourceTable everyColumn() {
    SourceTable table = new SourceTable(2);
    for (SourceColumn column : SourceColumn.values()) {
      table.set(column, new double[] {value(column), Double.NaN});
    }
    return table;
  }

  @Test
  void aCatalogueHasNamesUnitsMeaningsAndOneBasedPositions() {
    Path file = folder.resolve("cat.fits");
    CatalogWriter.write(file, everyColumn(), new FitsCards().put("PH_ZP", 24.5, "zero point"));
    FitsTable table = FitsTable.read(file);
    FitsHeader header = table.header();
    assertThat(table.rows()).isEqualTo(2);
    SourceColumn[] columns = SourceColumn.values();
    assertThat(header.integer("TFIELDS", 0)).isEqualTo(columns.length);
    for (int i = 0; i < columns.length; i++) {
      SourceColumn c = columns[i];
      int n = i + 1;
      assertThat(header.string("TTYPE" + n)).hasValue(c.fitsName());
      assertThat(header.string("TFORM" + n).orElseThrow()).isIn("D", "1D");
      assertThat(header.string("TUNIT" + n).orElse("")).isEqualTo(c.unit());
      assertThat(header.string("TUCD" + n)).hasValue(c.ucd());
      double[] values = table.doubles(c.fitsName());
      assertThat(values[0]).isEqualTo(value(c) + (c.isPixelPosition() ? 1 : 0));
      assertThat(values[1]).isNaN();
    }
    assertThat(header.number("PH_ZP", 0)).isEqualTo(24.5);
    assertThat(header.string("EXTNAME")).hasValue("CATALOG");
    assertThat(header.string("MASKB14")).hasValue("CR_DeltaHT");
  }

  @Test
  void writingDoesNotMoveTheTableInMemory() {
    SourceTable table = everyColumn();
    CatalogWriter.write(folder.resolve("cat.fits"), table, new FitsCards());
    assertThat(table.get(SourceColumn.X)[0]).isEqualTo(value(SourceColumn.X));
  }

  @Test
  void anEmptyCatalogueIsATableWithoutRows() {
    Path file = folder.resolve("empty.fits");
    CatalogWriter.write(file, everyColumn().select(new int[0]), new FitsCards());
    FitsTable table = FitsTable.read(file);
    assertThat(table.rows()).isZero();
    assertThat(table.has("XPEAK")).isTrue();
    assertThat(table.has("FLUX_PSF")).isTrue();
  }

  @Test
  void streaksHaveNamesUnitsMeaningsAndOneBasedPositions() {
    StreakTable streaks = new StreakTable();
    StreakEnd first = new StreakEnd(10, 20, 0.5, 0.6, false);
    StreakEnd second = new StreakEnd(110, 220, 0.7, 0.8, true);
    streaks.add(
        List.of(new Streak(first, second, 3, 0.2, 40, 100, 3, 1, StreakKind.STREAK)),
        new StreakTable.Image(2, 5, 2460000.5, 20, null));
    Path file = folder.resolve("streaks.fits");
    StreakWriter.write(file, streaks, new FitsCards().put("FILTER", "clear", "filter"));
    FitsTable table = FitsTable.read(file);
    FitsHeader header = table.header();
    assertThat(table.rows()).isEqualTo(1);
    assertThat(header.string("EXTNAME")).hasValue("STREAKS");
    assertThat(header.string("FILTER")).hasValue("clear");
    StreakColumn[] columns = StreakColumn.values();
    for (int i = 0; i < columns.length; i++) {
      int n = i + 1;
      assertThat(header.string("TTYPE" + n)).hasValue(columns[i].fitsName());
      assertThat(header.string("TUNIT" + n).orElse("")).isEqualTo(columns[i].unit());
      assertThat(header.string("TUCD" + n)).hasValue(columns[i].ucd());
    }
    assertThat(table.doubles("X1")).containsExactly(11);
    assertThat(table.doubles("Y2")).containsExactly(221);
    assertThat(table.doubles("X2ERR")).containsExactly(0.7);
    assertThat(table.doubles("EDGE2")).containsExactly(1);
    assertThat(table.doubles("FLUX_LEN")).containsExactly(100);
  }

  @Test
  void noStreaksAreATableWithoutRows() {
    Path file = folder.resolve("none.fits");
    StreakWriter.write(file, new StreakTable(), new FitsCards());
    assertThat(FitsTable.read(file).rows()).isZero();
    assertThat(FitsTable.read(file).has("RATE")).isTrue();
  }

  private static Coadd coadd() {
    int n = 6;
    float[] image = {1, 2, 3, 4, 5, Float.NaN};
    float[] variance = {9, 8, 7, 6, 5, 4};
    int[] mask = {0, 1 << 30, 0, 0, 0, MaskBit.NAN.bit()};
    float[] count = new float[n];
    Arrays.fill(count, 7);
    return new Coadd(3, 2, image, variance, mask, count, new float[n], new int[] {0, 1}, 7);
  }

  @Test
  void aCoaddHasImageVarianceMaskAndDepth() throws IOException, FitsException {
    Path file = folder.resolve("coadd.fits");
    FitsCards wcs =
        Wcs.tan(new TangentPlane(10, 20), 1, 0.5, new double[] {-1e-4, 0, 0, 1e-4}).cards();
    CoaddWriter.write(file, coadd(), new FitsCards().put("PH_ZP", 25.0, ""), wcs, null);
    try (FitsFile fits = FitsFile.open(file)) {
      List<FitsHdu> hdus = fits.hdus();
      assertThat(hdus.stream().map(h -> h.header().string("EXTNAME").orElse("")))
          .containsExactly("IMAGE", "VARIANCE", "MASK", "NEPOCH");
      for (FitsHdu hdu : hdus) {
        assertThat(hdu.width()).isEqualTo(3);
        assertThat(hdu.height()).isEqualTo(2);
        assertThat(hdu.header().number("CRPIX1", 0)).isEqualTo(2);
        assertThat(hdu.header().number("CRVAL1", 0)).isEqualTo(10);
      }
      assertThat(hdus.get(0).header().number("PH_ZP", 0)).isEqualTo(25);
      assertThat(hdus.get(0).header().string("BUNIT")).hasValue("electron");
      assertThat(hdus.get(1).header().string("BUNIT")).hasValue("electron**2");
      assertThat(hdus.get(2).header().string("MASKB6")).hasValue("NaN");
    }
    try (Fits fits = new Fits(file.toFile())) {
      float[][] image = (float[][]) fits.getHDU(0).getKernel();
      assertThat(image[0]).containsExactly(1, 2, 3);
      assertThat(image[1]).containsExactly(4, 5, Float.NaN);
      assertThat((int[][]) fits.getHDU(2).getKernel())
          .isDeepEqualTo(new int[][] {{0, 1 << 30, 0}, {0, 0, MaskBit.NAN.bit()}});
      for (int k = 0; k < 4; k++) {
        assertThat(fits.getHDU(k).verifyIntegrity()).isTrue();
      }
    }
  }

  @Test
  void aMasterSaysWhatItStillContains() {
    Path file = folder.resolve("dark.fits");
    MasterFrame dark =
        new MasterFrame(
            MasterFrame.Kind.DARK,
            "dark",
            3,
            2,
            new float[] {1, 2, 3, 4, 5, 6},
            new int[6],
            60,
            true,
            false,
            3.5,
            4.5,
            9,
            List.of(new MasterFrame.Rejection(Path.of("odd.fits"), "it is saturated")),
            List.of("one frame was left out"));
    MasterWriter.write(file, dark, new Provenance("1.2", "scalar", "abcd"));
    try (FitsFile fits = FitsFile.open(file)) {
      FitsHeader header = fits.hdus().get(0).header();
      assertThat(header.string("IMAGETYP")).hasValue("MASTER DARK");
      assertThat(header.logical("BIASSUB")).isFalse();
      assertThat(header.logical("OVSCSUB")).isFalse();
      assertThat(header.string("CREATOR")).hasValue("Starlane 1.2");
      assertThat(header.string("CONFHASH")).hasValue("abcd");
      assertThat(fits.hdus()).hasSize(2);
    }
  }

  @Test
  void nothingButTheProductIsLeftBehind() throws IOException {
    CoaddWriter.write(folder.resolve("c.fits"), coadd(), new FitsCards(), new FitsCards(), null);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("c.fits"));
    }
  }
}
