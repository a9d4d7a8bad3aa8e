package io.github.starlane.core.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import nom.tam.fits.Fits;
import nom.tam.fits.Header;
import nom.tam.fits.ImageHDU;
import nom.tam.image.compression.hdu.CompressedImageHDU;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedImagesTest {
  private static final Path ODD = Path.of("..", "..", "shared", "data", "odd");

  @TempDir Path folder;

  /** A starry 16-bit frame, 37 × 29, so that no tile or block is of a round size. */
  private static short[][] frame() {
    Random random = new Random(5);
    short[][] rows = new short[29][37];
    for (short[] row : rows) {
      for (int x = 0; x < row.length; x++) {
        boolean star = random.nextInt(50) == 0;
        row[x] = (short) (-32768 + 300 + 17 * random.nextGaussian() + (star ? 40000 : 0));
      }
    }
    return rows;
  }

  private Path compressed(String method, Object rows, double bzero, String... more)
      throws IOException {
    ImageHDU plain = (ImageHDU) Fits.makeHDU(rows);
    if (bzero != 0) {
      plain.getHeader().addValue("BZERO", bzero, "");
      plain.getHeader().addValue("BSCALE", 1.0, "");
    }
    for (int i = 0; i < more.length; i += 2) {
      plain.getHeader().addValue(more[i], Long.parseLong(more[i + 1]), "");
    }
    CompressedImageHDU packed = CompressedImageHDU.fromImageHDU(plain, -1, 1);
    packed.setCompressAlgorithm(method).compress();
    Path path = folder.resolve("frame.fits.fz");
    try (Fits fits = new Fits()) {
      fits.addHDU(packed);
      fits.write(path.toFile());
    }
    return path;
  }

  @ParameterizedTest
  @ValueSource(strings = {"RICE_1", "GZIP_1", "GZIP_2"})
  void unsignedSixteenBit(String method) throws IOException {
    short[][] rows = frame();
    float[] pixels = TestFits.pixels(compressed(method, rows, 32768));
    assertThat(pixels).hasSize(29 * 37);
    for (int i = 0; i < pixels.length; i++) {
      assertThat(pixels[i]).isEqualTo(rows[i / 37][i % 37] + 32768f);
    }
  }

  @Test
  void blankIntegersHaveNoValue() throws IOException {
    int[][] rows = {{1, 2, -7}, {4, 5, 6}};
    assertThat(TestFits.pixels(compressed("RICE_1", rows, 0, "BLANK", "-7")))
        .containsExactly(1f, 2f, Float.NaN, 4f, 5f, 6f);
  }

  @Test
  void plioWithZeroPointIsRefused() throws IOException {
    short[][] rows = new short[8][8];
    Path path = compressed("PLIO_1", rows, 32768);
    assertThatExceptionOfType(FitsException.class)
        .isThrownBy(() -> TestFits.pixels(path))
        .withMessageContaining("PLIO")
        .withMessageContaining("funpack")
        .withMessageContaining(path.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "ZNAXIS1, 2147483647, too large",
    "ZNAXIS2, 70000, tiles",
    "ZTILE1, 0, tiles",
    "ZCMPTYPE, 'NONSUCH ', unpacked"
  })
  void headerThatContradictsItsTilesIsRefusedBeforeAllocation(
      String keyword, String value, String reason) throws IOException {
    Path path = compressed("RICE_1", frame(), 32768);
    replace(path, keyword, value);
    refused(path, reason);
  }

  /** A single tile may promise any size. */
  @Test
  void hugeTileIsRefusedBeforeAllocation() throws IOException {
    Path path = compressed("RICE_1", frame(), 32768);
    replace(path, "ZNAXIS1", "70000000");
    replace(path, "ZTILE1", "70000000");
    refused(path, "memory");
  }

  private static void refused(Path path, String reason) {
    assertThatExceptionOfType(FitsException.class)
        .isThrownBy(() -> TestFits.pixels(path))
        .withMessageContaining(path.toString())
        .withMessageContaining(reason);
  }

  private static void replace(Path path, String keyword, String value) throws IOException {
    String text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    int at = text.indexOf(String.format("%-8s= ", keyword));
    assertThat(at).as(keyword).isPositive();
    String field = value.matches("\\d+") ? String.format("%20s", value) : "'" + value.strip() + "'";
    String card = String.format("%-80s", String.format("%-8s= %s", keyword, field));
    String changed = text.substring(0, at) + card + text.substring(at + 80);
    Files.write(path, changed.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void damagedTilesAreRefusedOrReadButNeverCrash() throws IOException {
    byte[] good = Files.readAllBytes(compressed("RICE_1", frame(), 32768));
    Random random = new Random(9);
    Path path = folder.resolve("damaged.fz");
    for (int i = 0; i < 300; i++) {
      byte[] bytes = good.clone();
      bytes[2880 + random.nextInt(bytes.length - 2880)] = (byte) random.nextInt(256);
      TestFits.write(path, bytes);
      try {
        assertThat(TestFits.pixels(path)).isNotEmpty();
      } catch (FitsException e) {
        assertThat(e.getMessage()).contains(path.toString());
      } catch (java.util.NoSuchElementException e) {
        assertThat(e.getMessage()).as("no image at all").isEqualTo("No value present");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"m13_rice.fits", "m13_gzip.fits", "m13_hcomp.fits", "m13_plio.fits"})
  void realFilesOfCfitsioEqualTheUncompressedOne(String name) {
    assumeThat(ODD.resolve(name)).as("real data are not at hand").exists();
    float[] expected = TestFits.pixels(ODD.resolve("m13.fits"));
    assertThat(TestFits.pixels(ODD.resolve(name))).isEqualTo(expected);
  }

  @Test
  void headerOfTheImageIsSeen() throws IOException {
    Path path = compressed("RICE_1", frame(), 32768);
    try (FitsFile file = FitsFile.open(path)) {
      FitsHdu hdu = file.firstImage().orElseThrow();
      assertThat(hdu.width()).isEqualTo(37);
      assertThat(hdu.height()).isEqualTo(29);
      assertThat(hdu.bitpix()).isEqualTo(16);
      assertThat(hdu.isBinaryTable()).isFalse();
      Header cards = hdu.header().cards();
      assertThat(cards.getStringValue("ZCMPTYPE")).isEqualTo("RICE_1");
    }
  }
}
