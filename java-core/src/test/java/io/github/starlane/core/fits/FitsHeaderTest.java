package io.github.starlane.core.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.starlane.core.StarlaneException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FitsHeaderTest {
  @TempDir Path folder;

  private FitsHeader read(String... lines) {
    Path path = TestFits.withCards(16, 2, 1, lines).write(folder.resolve("frame.fits"));
    try (FitsFile file = FitsFile.open(path)) {
      return file.hdus().get(0).header();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.5D2, 150",
    "1.5d-2, 0.015",
    "-3.E+2, -300",
    "'1.5', 1.5",
    "' 20 ', 20",
    "+7, 7",
    ".5, 0.5"
  })
  void numbersHoweverTheyAreWritten(String text, double value) {
    // CsvSource takes the quotes away: once with, once without them.
    assertThat(read("GAIN    = " + text).number("GAIN")).hasValue(value);
    assertThat(read("GAIN    = '" + text + " '").number("GAIN")).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'high'", "NaN", "''", "'NaN'", "        / no value", "T", "'1e999'"})
  void whatIsNoNumber(String text) {
    assertThat(read("GAIN    = " + text).number("GAIN")).isEmpty();
  }

  @Test
  void hierarchKeywords() {
    FitsHeader header =
        read(
            "HIERARCH ESO DET OUT1 CONAD = 0.55 / e-/ADU",
            "HIERARCH ESO DPR TYPE = 'FLAT,SKY' / Observation type");
    assertThat(header.number("HIERARCH ESO DET OUT1 CONAD")).hasValue(0.55);
    assertThat(header.number("eso.det.out1.conad")).hasValue(0.55);
    assertThat(header.string("HIERARCH ESO DPR TYPE")).contains("FLAT,SKY");
  }

  @Test
  void continuedText() {
    FitsHeader header =
        read(
            "OBJECT  = 'A name so long that it does not find room on one card of FITS&'",
            "CONTINUE  ' and so goes on' / on the next");
    assertThat(header.string("OBJECT"))
        .contains("A name so long that it does not find room on one card of FITS and so goes on");
  }

  @Test
  void ofTwoCardsOneCounts() {
    assertThat(read("EXTEND  = T", "EXTEND  = F", "GAIN    = 2").number("GAIN")).hasValue(2);
    assertThat(read("GAIN    = 1", "GAIN    = 2").number("GAIN")).hasValue(2);
  }

  @Test
  void textLosesQuotesAndTrailingBlanks() {
    FitsHeader header = read("OBSERVER= 'O''Neill   '", "FILTER  = '   '");
    assertThat(header.string("OBSERVER")).contains("O'Neill");
    assertThat(header.has("FILTER")).isFalse();
  }

  @Test
  void logicals() {
    FitsHeader header = read("A       = T", "B       = F", "C       = 'true'");
    assertThat(List.of(header.logical("A"), header.logical("B"), header.logical("C")))
        .containsExactly(true, false, true);
    assertThat(header.logical("D")).isFalse();
  }

  @Test
  void cardsThatAreWrongCostNoOther() {
    Path path =
        TestFits.withCards(
                16, 2, 1, "OBSERVER= 'it''s open", "B\u00e4d key= 7", "GAIN    = 2 / of \u00b5")
            .write(folder.resolve("frame.fits"));
    try (FitsFile file = FitsFile.open(path)) {
      assertThat(file.hdus().get(0).header().number("GAIN")).hasValue(2);
      assertThat(file.hdus().get(0).width()).isEqualTo(2);
    }
  }

  /** One wrong byte in a header: read or refused, but never anything else. */
  @Test
  void everySingleByteMayBeWrong() {
    byte[] good =
        TestFits.withCards(
                16,
                20,
                10,
                "EXTEND  =                    T",
                "BZERO   =                32768 / unsigned",
                "BLANK   =                   -5",
                "DATE-OBS= '2026-01-15T19:41:44.510' / start",
                "HIERARCH ESO DET OUT1 CONAD = 0.55 / e-/ADU",
                "OBJECT  = 'Long name&'",
                "CONTINUE  ' goes on'",
                "COMMENT nothing to see here")
            .card("XTENSION", "'BINTABLE'")
            .shape(8, 6, 4)
            .card("PCOUNT", "0")
            .card("GCOUNT", "1")
            .card("TFIELDS", "2")
            .card("TFORM1", "'E       '")
            .card("TTYPE1", "'FLUX    '")
            .card("TFORM2", "'I       '")
            .card("TTYPE2", "'ID      '")
            .end()
            .samples(8, new double[24])
            .bytes();
    Random random = new Random(20261120);
    Path path = folder.resolve("corrupt.fits");
    int refused = 0;
    Duration patience = Duration.ofSeconds(5);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = good.clone();
      int at = random.nextInt(16 * 80) + (i % 2 == 0 ? 0 : 2 * 2880);
      byte wrong = (byte) (i % 3 == 0 ? random.nextInt(256) : 32 + random.nextInt(95));
      bytes[at] = wrong;
      TestFits.write(path, bytes);
      Boolean read =
          Assertions.assertTimeoutPreemptively(
              patience, () -> readsAll(path), () -> "byte " + at + " set to " + (wrong & 0xff));
      refused += read ? 0 : 1;
    }
    assertThat(refused).isBetween(50, 1000);
  }

  private static boolean readsAll(Path path) {
    try {
      try (FitsFile file = FitsFile.open(path)) {
        file.firstImage().ifPresent(hdu -> TestFits.pixels(file, hdu));
      }
      FitsTable table = FitsTable.read(path);
      assertThatCode(() -> column(table)).doesNotThrowAnyException();
      return true;
    } catch (StarlaneException e) {
      assertThat(e.exitCode().number()).isEqualTo(3);
      return false;
    }
  }

  private static void column(FitsTable table) {
    try {
      table.doubles("FLUX");
      table.longs("ID");
    } catch (FitsException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
