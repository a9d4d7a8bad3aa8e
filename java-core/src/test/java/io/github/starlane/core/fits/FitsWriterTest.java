package io.github.starlane.core.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.starlane.core.StarlaneException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FitsWriterTest {
  @TempDir Path folder;

  private Path path() {
    return folder.resolve("product.fits");
  }

  private static List<FitsWriter.Column> columns(int rows) {
    double[] doubles = new double[rows];
    float[] floats = new float[rows];
    int[] ints = new int[rows];
    long[] longs = new long[rows];
    String[] texts = new String[rows];
    for (int i = 0; i < rows; i++) {
      doubles[i] = i == 1 ? Double.NaN : 266.41683 + 1e-12 * i;
      floats[i] = -0.5f * i;
      ints[i] = 1 << i;
      longs[i] = Long.MAX_VALUE - i;
      texts[i] = "star " + i * i * i * i;
    }
    return List.of(
        new FitsWriter.Column("RA", "deg", "pos.eq.ra;meta.main", "right ascension", doubles),
        new FitsWriter.Column("MAG", "mag", "phot.mag", "magnitude × 2", floats),
        new FitsWriter.Column("FLAGS", "", "", "", ints),
        new FitsWriter.Column("ID", "", "meta.id", "identifier", longs),
        new FitsWriter.Column("NAME", "", "meta.id", "name", texts));
  }

  private static FitsCards cards() {
    return new FitsCards()
        .put("OBJECT", "M 31", "target")
        .put("GAIN", 0.9, "[electron/adu]")
        .put("BROKEN", Double.NaN, "has no card")
        .put("INFINITE", Double.POSITIVE_INFINITY, "has no card")
        .put("NOTHING", null, "has no card")
        .put("NFRAMES", 20, "number of frames")
        .put("GOOD", true, "logical")
        .put("LONGTEXT", "x".repeat(150), "goes over several cards")
        .history("a line of history with σ and é");
  }

  private void writeAll(int rows) {
    float[] image = new float[7 * 5];
    int[] mask = new int[7 * 5];
    for (int i = 0; i < image.length; i++) {
      image[i] = i == 3 ? Float.NaN : 0.1f * i;
      mask[i] = i % 3 == 0 ? (1 << 30) | 1 : 0;
    }
    new FitsWriter()
        .image("IMAGE", image, 7, 5, cards())
        .image("MASK", mask, 7, 5, new FitsCards())
        .table("CATALOG", columns(rows), cards())
        .write(path());
  }

  @Test
  void imagesAndMasksComeBackAsTheyWere() {
    writeAll(4);
    try (FitsFile file = FitsFile.open(path())) {
      assertThat(file.remarks()).isEmpty();
      float[] image = TestFits.pixels(file, file.hdus().get(0));
      assertThat(image).hasSize(35);
      assertThat(image[3]).isNaN();
      assertThat(image[34]).isEqualTo(0.1f * 34);
      FitsHdu mask = file.hdus().get(1);
      assertThat(mask.bitpix()).isEqualTo(32);
      assertThat(mask.header().string("EXTNAME")).contains("MASK");
      assertThat(TestFits.pixels(file, mask)[3]).isEqualTo((float) ((1 << 30) | 1));
    }
  }

  @Test
  void cardsComeBackAsTheyWere() {
    writeAll(4);
    try (FitsFile file = FitsFile.open(path())) {
      FitsHeader header = file.hdus().get(0).header();
      assertThat(header.string("OBJECT")).contains("M 31");
      assertThat(header.number("GAIN")).hasValue(0.9);
      assertThat(header.integer("NFRAMES", 0)).isEqualTo(20);
      assertThat(header.logical("GOOD")).isTrue();
      assertThat(header.string("LONGTEXT")).contains("x".repeat(150));
      assertThat(header.has("BROKEN") || header.has("INFINITE") || header.has("NOTHING")).isFalse();
    }
  }

  @Test
  void tableComesBackWithUnitsAndUcds() {
    writeAll(4);
    FitsTable table = FitsTable.read(path());
    assertThat(table.rows()).isEqualTo(4);
    assertThat(table.doubles("RA")).containsExactly((double[]) columns(4).get(0).values());
    assertThat(table.doubles("mag")).containsExactly(0, -0.5, -1, -1.5);
    assertThat(table.longs("FLAGS")).containsExactly(1, 2, 4, 8);
    assertThat(table.longs("ID")).containsExactly((long[]) columns(4).get(3).values());
    assertThat(table.strings("NAME")).containsExactly("star 0", "star 1", "star 16", "star 81");
    assertThat(table.header().string("TUNIT1")).contains("deg");
    assertThat(table.header().string("TUCD1")).contains("pos.eq.ra;meta.main");
    assertThat(table.header().has("TUNIT3")).isFalse();
    assertThatExceptionOfType(FitsException.class)
        .isThrownBy(() -> table.doubles("NAME"))
        .withMessageContaining("one number per row");
    assertThatExceptionOfType(FitsException.class)
        .isThrownBy(() -> table.strings("RA"))
        .withMessageContaining("text");
    assertThatExceptionOfType(FitsException.class)
        .isThrownBy(() -> table.longs("NAME"))
        .withMessageContaining("integer");
    assertThatExceptionOfType(FitsException.class)
        .isThrownBy(() -> table.doubles("FLUX"))
        .withMessageContaining("no such column");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2000})
  void tablesOfAnyLength(int rows) {
    writeAll(rows);
    FitsTable table = FitsTable.read(path());
    assertThat(table.rows()).isEqualTo(rows);
    assertThat(table.doubles("RA")).hasSize(rows);
    assertThat(table.strings("NAME")).hasSize(rows);
  }

  /** The keywords of a column stand together, EXTNAME and the structure before them. */
  @Test
  void cardsStandInAnOrderThatPeopleCanRead() throws IOException {
    writeAll(4);
    List<String> keywords = keywords(path(), "XTENSION= 'BINTABLE'");
    assertThat(keywords)
        .containsSubsequence("TFIELDS", "TTYPE1", "TTYPE2", "TTYPE3", "TTYPE4", "TTYPE5", "OBJECT");
    assertThat(keywords.indexOf("TUNIT1"))
        .isBetween(keywords.indexOf("TTYPE1"), keywords.indexOf("TTYPE2"));
    assertThat(keywords.indexOf("TUCD1"))
        .isBetween(keywords.indexOf("TTYPE1"), keywords.indexOf("TTYPE2"));
    assertThat(keywords.indexOf("EXTNAME")).isLessThan(keywords.indexOf("OBJECT"));
  }

  private static List<String> keywords(Path path, String from) throws IOException {
    String text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    List<String> keywords = new ArrayList<>();
    for (int at = text.indexOf(from); !text.startsWith("END     ", at); at += 80) {
      keywords.add(text.substring(at, at + 8).strip());
    }
    return keywords;
  }

  @Test
  void checksumsAreRight() throws IOException {
    writeAll(4);
    try (Fits fits = new Fits(path().toFile())) {
      for (BasicHDU<?> hdu : fits.read()) {
        assertThat(hdu.verifyIntegrity()).isTrue();
      }
    }
    byte[] bytes = Files.readAllBytes(path());
    assertThat(sumOfBlocks(bytes)).as("ones' complement sum of each HDU").containsOnly(0xffffffffL);
    bytes[bytes.length - 3000] ^= 1;
    assertThat(sumOfBlocks(bytes)).isNotEqualTo(List.of(0xffffffffL, 0xffffffffL, 0xffffffffL));
  }

  /** FITS Standard 4.0, appendix J: with CHECKSUM, the words of an HDU sum up to all ones. */
  private List<Long> sumOfBlocks(byte[] bytes) {
    List<Long> sums = new ArrayList<>();
    try (FitsFile file = FitsFile.open(path())) {
      for (FitsHdu hdu : file.hdus()) {
        long end = hdu.dataOffset() + (hdu.dataBytes() + 2879) / 2880 * 2880;
        long sum = 0;
        for (int at = (int) hdu.headerOffset(); at < end; at += 4) {
          long word = ByteBuffer.wrap(bytes, at, 4).getInt() & 0xffffffffL;
          sum += word;
          sum = (sum & 0xffffffffL) + (sum >>> 32);
        }
        sums.add(sum);
      }
    }
    return sums;
  }

  @Test
  void equalContentGivesEqualBytes() throws IOException, InterruptedException {
    writeAll(4);
    String first = Files.readString(path(), StandardCharsets.ISO_8859_1);
    Thread.sleep(5);
    writeAll(4);
    assertThat(Files.readString(path(), StandardCharsets.ISO_8859_1)).isEqualTo(first);
  }

  @Test
  void aProductThatCannotBeWrittenIsAbsent() throws IOException {
    Files.writeString(folder.resolve("file"), "x");
    Path path = folder.resolve("file/product.fits");
    FitsWriter writer = new FitsWriter().image("IMAGE", new float[4], 2, 2, new FitsCards());
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(() -> writer.write(path))
        .satisfies(e -> assertThat(e.exitCode().number()).isEqualTo(6));
    assertThat(path).doesNotExist();
  }

  @Test
  void fitsverifyFindsNoFault() throws IOException, InterruptedException {
    assumeThat(Path.of("/usr/bin/fitsverify")).as("fitsverify is not installed").exists();
    for (int rows : new int[] {4, 0}) {
      writeAll(rows);
      Process process =
          new ProcessBuilder("/usr/bin/fitsverify", path().toString())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(output).contains("0 warning(s) and 0 error(s)");
    }
  }
}
