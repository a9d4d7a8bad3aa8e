package io.github.starlane.core.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FitsFileTest {
  @TempDir Path folder;

  private Path path() {
    return folder.resolve("frame.fits");
  }

  // --- samples

  @ParameterizedTest
  @CsvSource({
    "8, 0, 255, 127", "16, -32768, 32767, -1", "32, -8388608, 8388607, 77",
    "64, -1048576, 1048576, 3", "-32, -1.5, 3.25e8, 0", "-64, -1.5, 3.25e8, 0.125"
  })
  void everyBitpixIsRead(int bitpix, double a, double b, double c) {
    TestFits.image(bitpix, 3, 2, a, b, c, 1, 2, 3).write(path());
    assertThat(TestFits.pixels(path()))
        .containsExactly((float) a, (float) b, (float) c, 1f, 2f, 3f);
  }

  @Test
  void unsignedSixteenBitByBzero() {
    new TestFits()
        .card("SIMPLE", "T")
        .shape(16, 3, 1)
        .card("BZERO", "32768")
        .card("BSCALE", "1")
        .end()
        .samples(16, -32768, 0, 32767)
        .write(path());
    assertThat(TestFits.pixels(path())).containsExactly(0f, 32768f, 65535f);
  }

  @Test
  void scaleAndBlankOfIntegers() {
    new TestFits()
        .card("SIMPLE", "T")
        .shape(32, 3, 1)
        .card("BZERO", "100.5")
        .card("BSCALE", "0.25")
        .card("BLANK", "-99")
        .end()
        .samples(32, 4, -99, -4)
        .write(path());
    assertThat(TestFits.pixels(path())).containsExactly(101.5f, Float.NaN, 99.5f);
  }

  @Test
  void notANumberStaysSo() {
    TestFits.image(-32, 2, 2, 1, Double.NaN, Double.POSITIVE_INFINITY, 2).write(path());
    assertThat(TestFits.pixels(path())).containsExactly(1f, Float.NaN, Float.NaN, 2f);
  }

  // --- structure

  @Test
  void imageOfAnExtensionIsFoundAndPrimaryCardsShowThrough() {
    new TestFits()
        .card("SIMPLE", "T")
        .shape(8, 0, 0)
        .card("EXTEND", "T")
        .card("OBSERVER", "'Caroline'")
        .card("BZERO", "7")
        .end()
        .card("XTENSION", "'IMAGE   '")
        .shape(16, 2, 1)
        .card("PCOUNT", "0")
        .card("GCOUNT", "1")
        .card("GAIN", "1.5")
        .end()
        .samples(16, 5, 6)
        .write(path());
    assertThat(TestFits.pixels(path())).containsExactly(5f, 6f);
    try (FitsFile file = FitsFile.open(path())) {
      FitsHeader seen = file.firstImage().orElseThrow().header().over(file.hdus().get(0).header());
      assertThat(seen.string("OBSERVER")).contains("Caroline");
      assertThat(seen.number("GAIN")).hasValue(1.5);
      assertThat(seen.number("BZERO")).as("storage of another HDU").isEmpty();
      assertThat(seen.integer("NAXIS", 0)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"frame.fits.gz", "frame.fits", "no suffix", "größe und Leerzeichen:1.fit"})
  void gzipIsKnownByItsFirstBytes(String name) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(TestFits.image(16, 2, 1, 5, 6).bytes());
    }
    Path file = TestFits.write(folder.resolve(name), packed.toByteArray());
    assertThat(TestFits.pixels(file)).containsExactly(5f, 6f);

    TestFits.write(file, Arrays.copyOf(packed.toByteArray(), packed.size() - 20));
    refused(file, "gzip stream is broken");
  }

  @Test
  void emptyGzipIsEmpty() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    new GZIPOutputStream(packed).close();
    refused(TestFits.write(path(), packed.toByteArray()), "empty once it is unpacked");
  }

  @Test
  void bytesAfterTheLastUnitAreIgnoredWithARemark() {
    byte[] good = TestFits.image(16, 2, 1, 5, 6).bytes();
    byte[] longer = Arrays.copyOf(good, good.length + 1000);
    Arrays.fill(longer, good.length, longer.length, (byte) 'x');
    try (FitsFile file = FitsFile.open(TestFits.write(path(), longer))) {
      assertThat(file.remarks()).containsExactly("bytes after the last HDU are ignored");
      assertThat(file.hdus()).hasSize(1);
    }
  }

  @Test
  void missingPaddingIsAcceptedWithARemark() {
    byte[] good = TestFits.image(16, 2, 1, 5, 6).bytes();
    Path file = TestFits.write(path(), Arrays.copyOf(good, good.length - 2880 + 4));
    assertThat(TestFits.pixels(file)).containsExactly(5f, 6f);
    try (FitsFile open = FitsFile.open(file)) {
      assertThat(open.remarks()).containsExactly("the padding of the last block is missing");
    }
  }

  @Test
  void headerWithoutDataMayLackItsPadding() {
    byte[] good = new TestFits().card("SIMPLE", "T").shape(8, 0, 0).end().bytes();
    Path file = TestFits.write(path(), Arrays.copyOf(good, 4 * 80));
    try (FitsFile open = FitsFile.open(file)) {
      assertThat(open.firstImage()).isEmpty();
      assertThat(open.remarks()).hasSize(1);
    }
  }

  // --- what is refused, in one sentence

  private static void refused(Path file, String reason) {
    assertThatExceptionOfType(FitsException.class)
        .isThrownBy(() -> FitsFile.open(file).close())
        .withMessageContaining(file.toString())
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.exitCode().number()).isEqualTo(3))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void truncatedData() {
    byte[] good = TestFits.image(16, 2000, 2, new double[4000]).bytes();
    refused(
        TestFits.write(path(), Arrays.copyOf(good, 2880 + 7998)),
        "promises 8000 bytes of data, 7998");
  }

  @Test
  void truncatedHeader() {
    byte[] good = TestFits.image(16, 2, 1, 5, 6).bytes();
    refused(TestFits.write(path(), Arrays.copyOf(good, 300)), "no END card");
  }

  @Test
  void noFits() throws IOException {
    refused(TestFits.write(path(), new byte[0]), "empty (0 bytes)");
    refused(
        TestFits.write(path(), "Dear all,\nhere is the frame".getBytes(StandardCharsets.UTF_8)),
        "it begins with \"Dear all,?here i\"");
    refused(TestFits.write(path(), "x".repeat(9000).getBytes(StandardCharsets.UTF_8)), "SIMPLE");
    refused(folder, "folder");
    refused(folder.resolve("absent.fits"), "does not exist");
    refused(
        Files.createSymbolicLink(folder.resolve("link.fits"), folder.resolve("nowhere")),
        "link to a file that does not exist");
  }

  @ParameterizedTest
  @CsvSource({
    "NAXIS1, 2147483648, truncated",
    "NAXIS1, 9223372036854775807, impossibly large",
    "NAXIS1, 1e300, impossibly large",
    "NAXIS1, -5, no valid length",
    "NAXIS1, many, no valid length",
    "NAXIS, -1, impossible",
    "NAXIS, 1000000, impossible",
    "NAXIS, 4, no valid length",
    "BITPIX, 7, BITPIX = 7 is not allowed",
    "BITPIX, -16, not allowed",
    "BITPIX, -9223372036854775808, not allowed"
  })
  void impossibleShapes(String keyword, String value, String reason) {
    TestFits fits = new TestFits().card("SIMPLE", "T");
    fits.card("BITPIX", keyword.equals("BITPIX") ? value : "16");
    fits.card("NAXIS", keyword.equals("NAXIS") ? value : "2");
    fits.card("NAXIS1", keyword.equals("NAXIS1") ? value : "2").card("NAXIS2", "1").end();
    refused(fits.samples(16, 5, 6).write(path()), reason);
  }

  /** A negative size would lead the reader back to where it came from, for ever. */
  @ParameterizedTest
  @CsvSource({"PCOUNT, -2884", "GCOUNT, -1", "PCOUNT, 9223372036854775807"})
  void impossibleCounts(String keyword, String value) {
    TestFits fits =
        new TestFits().card("SIMPLE", "T").shape(8, 0, 0).end().card("XTENSION", "'IMAGE   '");
    fits.shape(16, 2, 1).card(keyword, value).end();
    refused(fits.samples(16, 5, 6).write(path()), "impossib");
  }
}
