package io.github.starlane.core.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.fits.FitsWriter;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.fits.TestFits;
import io.github.starlane.core.instrument.FrameType;
import io.github.starlane.core.instrument.InstrumentProfiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any camera's header through the profile {@code generic}. */
class ExposureReaderTest {
  private static final String DATE = "DATE-OBS= '2024-02-29T18:00:00'";

  @TempDir Path folder;

  private Exposure read(String... cards) {
    return readNamed("frame.fits", cards);
  }

  private Exposure readNamed(String name, String... cards) {
    Path path = TestFits.withCards(16, 20, 10, cards).write(folder.resolve(name));
    return new ExposureReader(InstrumentProfiles.builtIn()).read(path);
  }

  // --- synonyms

  @ParameterizedTest
  @CsvSource({
    "IMAGETYP= 'Flat Field', FLAT",
    "OBSTYPE = 'BIAS', BIAS",
    "IMTYPE  = 'twflat', FLAT",
    "FRAME   = 'Dark', DARK",
    "HIERARCH ESO DPR TYPE = 'OBJECT', SCIENCE",
    "OBJECT  = 'Dark', DARK",
    "OBJECT  = 'Dark cloud', SCIENCE",
    "IMAGETYP= 'MASTER DARK', OTHER",
    "CREATOR = 'Starlane 0.1.0', OTHER"
  })
  void type(String card, FrameType type) {
    assertThat(read(card, "EXPTIME = 5").type()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"EXPTIME = 12.5", "EXPOSURE= '12.5'", "EXP_TIME= 1.25D1", "ITIME   = 12.5"})
  void exposureTime(String card) {
    Exposure e = read(card);
    assertThat(e.exposureTime()).isEqualTo(12.5);
    assertThat(e.remarks()).noneMatch(r -> r.contains("exposure time"));
  }

  @ParameterizedTest
  @CsvSource({
    "GAIN    = 1.6, 1.6",
    "EGAIN   = '1.6     ', 1.6",
    "HIERARCH ESO DET OUT1 CONAD = 0.55, 0.55",
    "HIERARCH ESO DET OUT1 GAIN = 1.25, 0.8"
  })
  void gain(String card, double gain) {
    Exposure e = read(card);
    assertThat(e.gain()).isEqualTo(gain, within(1e-12));
    assertThat(e.remarks()).noneMatch(r -> r.contains("gain"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GAIN    = 120",
        "GAIN    = 45",
        "GAIN    = 'high'",
        "GAIN    = 0",
        "GAIN    = -1"
      })
  void gainThatIsNone(String card) {
    Exposure e = read(card);
    assertThat(e.gain()).isEqualTo(1);
    assertThat(e.remarks()).anyMatch(r -> r.contains("gain") && r.contains("1 electron/ADU"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RDNOISE = 7", "READNOI = 7", "READNOIS= 7", "HIERARCH ESO DET OUT1 RON = 7"})
  void readNoise(String card) {
    assertThat(read(card).readNoise()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({"SATURATE= 50000, 50000", "SATURVAL= 4095, 4095", "BITDEPTH= 14, 16383"})
  void saturation(String card, double level) {
    assertThat(read(card).saturation()).isEqualTo(level);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FILTER  = 'r'",
        "FILTER1 = 'r'",
        "HIERARCH ESO INS FILT1 NAME = 'r'",
        "FILTER  = r"
      })
  void filter(String card) {
    assertThat(read(card).filter()).isEqualTo("r");
  }

  @Test
  void camera() {
    assertThat(read("INSTRUME= 'ZWO'", "CAMERA  = 'left'").camera()).isEqualTo("left");
    assertThat(read("INSTRUME= 'ZWO'").camera()).isEqualTo("ZWO");
    assertThat(read().camera()).isEqualTo("generic");
  }

  // --- sections

  @ParameterizedTest
  @ValueSource(
      strings = {"TRIMSEC = '[3:18,2:10]'", "DATASEC = '[3:18,2:10]'", "LIGHTSEC= '[3 18 2 10]'"})
  void lightSection(String card) {
    assertThat(read(card).light()).isEqualTo(new Section(2, 1, 16, 9));
  }

  @Test
  void overscanSection() {
    assertThat(read("BIASSEC = '[1:2,1:10]'").overscan()).isEqualTo(new Section(0, 0, 2, 10));
    assertThat(read().overscan()).isNull();
  }

  @Test
  void sectionOutsideTheFrameIsIgnored() {
    Exposure e = read("TRIMSEC = '[3:21,2:10]'", "BIASSEC = '[x]'");
    assertThat(e.light()).isEqualTo(new Section(0, 0, 20, 10));
    assertThat(e.overscan()).isNull();
    assertThat(e.remarks()).filteredOn(r -> r.contains("ignored")).hasSize(2);
  }

  // --- pointing

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RA = 83.6|DEC = -5.4",
        "RA = '05:34:24'|DEC = '-05:24:00'",
        "OBJCTRA = '05 34 24'|OBJCTDEC= '-05 24 00'",
        "RA = '05h34m24s'|DEC = '-05d24m00s'",
        "RA = '83.6'|DEC = '-5.4'",
        "TELRA = 83.6|TELDEC = -5.4"
      })
  void pointing(String ra, String dec) {
    Exposure e = read(ra, dec);
    assertThat(e.rightAscension()).isEqualTo(83.6, within(1e-9));
    assertThat(e.declination()).isEqualTo(-5.4, within(1e-9));
  }

  @Test
  void worldCoordinatesGiveThePointingOnlyIfTheyAreCelestial() {
    Exposure sky =
        read("CTYPE1 = 'RA---TAN'", "CTYPE2 = 'DEC--TAN'", "CRVAL1 = 83.6", "CRVAL2 = -5.4");
    assertThat(sky.rightAscension()).isEqualTo(83.6);
    assertThat(sky.declination()).isEqualTo(-5.4);
    Exposure pixels =
        read("CTYPE1 = 'PIXEL'", "CTYPE2 = 'LINEAR'", "CRVAL1 = 83.6", "CRVAL2 = -5.4");
    assertThat(pixels.rightAscension()).isNaN();
    assertThat(pixels.declination()).isNaN();
  }

  @Test
  void impossiblePointingIsIgnored() {
    Exposure e = read("RA = 654.2", "DEC = -91");
    assertThat(e.rightAscension()).isNaN();
    assertThat(e.declination()).isNaN();
    assertThat(e.remarks()).filteredOn(r -> r.contains("impossible")).hasSize(2);
  }

  // --- time

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DATE-OBS= '2024-02-29T18:00:00'|OBSERVER= 'x'",
        "DATE-OBS= '2024-02-29T11:00:00-0700'|OBSERVER= 'x'",
        "DATE-OBS= '2024-02-29'|TIME-OBS= '18:00:00.000'",
        "DATE-OBS= '2024-02-29'|UT      = '18:00:00'",
        "UTDATE  = '2024-02-29'|UTSTART = '18:00:00'",
        "JD      = 2460370.25|OBSERVER= 'x'",
        "MJD-OBS = 60369.75|OBSERVER= 'x'",
        "DATE-OBS= '2024-02-29'|JD      = 2460370.25",
        "DATE-OBS= '0024-02-29T18:00:00'|JD = 2460370.25"
      })
  void middleOfTheExposure(String one, String other) {
    Exposure e = read(one, other, "EXPTIME = 20");
    assertThat((e.midJd() - 2460370.25) * 86400).isEqualTo(10, within(1e-3));
    assertThat(e.remarks()).noneMatch(r -> r.contains("time"));
  }

  @Test
  void middleFromTheHeader() {
    assertThat(read("MIDJD   = 2460370.5", DATE, "EXPTIME = 20").midJd()).isEqualTo(2460370.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DATE-OBS= '1970-01-01T00:00:00'", "DATE-OBS= '0000-00-00T00:00:00'", "JD = 0",
        "DATE-OBS= '20240-01-01T00:00:00'", "DATE-OBS= 'today'", "OBSERVER= 'x'"
      })
  void absurdOrMissingTime(String card) {
    Exposure e = read(card);
    assertThat(e.midJd()).isNaN();
    assertThat(e.remarks()).anyMatch(r -> r.contains("order of file names is used"));
  }

  // --- what is missing

  @Test
  void whatIsMissingIsWarnedOfAndAssumed() {
    Exposure e = readNamed("x.fits");
    assertThat(e.type()).isEqualTo(FrameType.SCIENCE);
    assertThat(e.filter()).isEqualTo("none");
    assertThat(e.exposureTime()).isZero();
    assertThat(e.gain()).isEqualTo(1);
    assertThat(e.readNoise()).isNaN();
    assertThat(e.saturation()).isEqualTo(32767);
    assertThat(e.nonLinear()).isInfinite();
    assertThat(e.darkCurrent()).isZero();
    assertThat(e.pixelScale()).isNaN();
    assertThat(e.light()).isEqualTo(new Section(0, 0, 20, 10));
    assertThat(e.counter()).isEqualTo(-1);
    assertThat(e.remarks())
        .containsExactlyInAnyOrder(
            "the frame type is unknown: taken for a science frame",
            "the exposure time is unknown: 0 s is assumed",
            "the time of the exposure is missing or absurd: the order of file names is used",
            "the gain is unknown: 1 electron/ADU is assumed",
            "the saturation level is unknown: full scale is assumed");
  }

  @Test
  void fullScaleOfUnsignedFrames() {
    assertThat(read("BZERO   = 32768").saturation()).isEqualTo(65535);
  }

  @Test
  void pixelScale() {
    assertThat(read("XPIXSZ  = 3.8", "FOCALLEN= 800").pixelScale())
        .isEqualTo(206.265 * 3.8 / 800, within(1e-9));
    Exposure e = read("XPIXSZ  = 3.8", "FOCALLEN= 1");
    assertThat(e.pixelScale()).isNaN();
    assertThat(e.remarks()).anyMatch(r -> r.contains("pixel scale"));
  }

  @Test
  void biasLabelledDark() {
    Exposure e = read("IMAGETYP= 'Dark Frame'", "EXPTIME = 0");
    assertThat(e.type()).isEqualTo(FrameType.BIAS);
    assertThat(e.remarks()).contains("a dark of zero exposure time is a bias");
    assertThat(read("IMAGETYP= 'Dark Frame'", "EXPTIME = 1E-32").type()).isEqualTo(FrameType.BIAS);
    assertThat(read("IMAGETYP= 'Dark Frame'").type()).as("time unknown").isEqualTo(FrameType.DARK);
  }

  @ParameterizedTest
  @CsvSource({
    "dark_001.fits, DARK",
    "calib/darks/001.fits, DARK",
    "flats-r/x.fits, FLAT",
    "M31_light_3.fits, SCIENCE",
    "2024-02-29_M31_Flat.fit.gz, FLAT",
    "m42-auto-dark-subtraction.FIT, SCIENCE",
    "archive/x.fits, SCIENCE",
    "latest/compressed_1.fits, SCIENCE"
  })
  void typeFromNamesWhereTheHeaderIsSilent(String name, FrameType type) {
    assertThat(readNamed(name).type()).isEqualTo(type);
  }

  @Test
  void headerOverrulesTheName() {
    assertThat(readNamed("dark_001.fits", "IMAGETYP= 'Light'").type()).isEqualTo(FrameType.SCIENCE);
  }

  @Test
  void primaryCardsCountForAnImageInAnExtension() {
    Path path =
        new TestFits()
            .card("SIMPLE", "T")
            .shape(8, 0, 0)
            .card("EXPTIME", "33")
            .card("GAIN", "2")
            .end()
            .card("XTENSION", "'IMAGE   '")
            .shape(16, 4, 3)
            .card("GAIN", "3")
            .end()
            .samples(16, new double[12])
            .write(folder.resolve("mef.fits"));
    Exposure e = new ExposureReader(InstrumentProfiles.builtIn()).read(path);
    assertThat(e.hdu()).isEqualTo(1);
    assertThat(e.exposureTime()).isEqualTo(33);
    assertThat(e.gain()).isEqualTo(3);
    assertThat(e.width()).isEqualTo(4);
  }

  @Test
  void fileWithoutAnImage() {
    Path path =
        new TestFits().card("SIMPLE", "T").shape(8, 0, 0).end().write(folder.resolve("x.fits"));
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(() -> new ExposureReader(InstrumentProfiles.builtIn()).read(path))
        .withMessageContaining("no two-dimensional image")
        .withMessageContaining(path.toString())
        .satisfies(e -> assertThat(e.exitCode().number()).isEqualTo(3));
  }

  @Test
  void ofSeveralImagesTheFirstIsTakenAndTheUserIsTold() {
    Path file = folder.resolve("two.fits");
    new FitsWriter()
        .image("ONE", new float[12], 4, 3, new FitsCards())
        .image("TWO", new float[30], 6, 5, new FitsCards())
        .write(file);
    Exposure exposure = new ExposureReader(InstrumentProfiles.builtIn()).read(file);
    assertThat(exposure.width()).isEqualTo(4);
    assertThat(exposure.remarks()).contains("only the first of 2 images in a file is reduced");
  }
}
