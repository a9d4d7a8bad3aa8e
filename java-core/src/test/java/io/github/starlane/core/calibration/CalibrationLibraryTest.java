package io.github.starlane.core.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.StarlaneException;
import io.github.starlane.core.Workers;
import io.github.starlane.core.fits.Section;
import io.github.starlane.core.fits.TestFits;
import io.github.starlane.core.frame.Exposure;
import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.core.pipeline.PipelineConfig;
import io.github.starlane.core.product.MasterWriter;
import io.github.starlane.core.product.Provenance;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationLibraryTest {
  private static final CalibrationLibrary.Given NOTHING =
      new CalibrationLibrary.Given(null, null, null);

  @TempDir Path folder;

  private final Backend backend = Backends.select("auto").backend();
  private final Workers workers = new Workers(2);
  private final MasterBuilder builder =
      new MasterBuilder(backend, workers, PipelineConfig.load(null, List.of()).calibration());
  private SyntheticCamera camera;

  @BeforeEach
  void makeCamera() {
    camera = new SyntheticCamera(folder);
  }

  @AfterEach
  void close() {
    workers.close();
    backend.close();
  }

  @SafeVarargs
  private CalibrationLibrary library(
      CalibrationLibrary.Given given, boolean allow, List<Exposure>... frames) {
    List<Exposure> all = new ArrayList<>();
    for (List<Exposure> some : frames) {
      all.addAll(some);
    }
    return new CalibrationLibrary(all, given, allow, builder, new MasterReader(backend));
  }

  // --- calibrated pixels

  private float[] calibrated(Exposure science, CalibrationSet set) {
    FrameCalibrator calibrator = new FrameCalibrator(backend, set);
    try (RawFrame raw = RawFrame.open(science);
        CalibratedFrame frame =
            calibrator.calibrate(
                raw,
                raw.overscanLevel(),
                new Section(0, 0, SyntheticCamera.WIDTH, SyntheticCamera.HEIGHT))) {
      return backend.toHost(frame.image()).clone();
    }
  }

  private static double mean(float[] pixels, int y1, int y2) {
    double sum = 0;
    for (int i = y1 * SyntheticCamera.WIDTH; i < y2 * SyntheticCamera.WIDTH; i++) {
      sum += pixels[i];
    }
    return sum / ((y2 - y1) * SyntheticCamera.WIDTH);
  }

  /** The sky is what is left, flat from edge to edge, whichever masters there are. */
  @ParameterizedTest
  @CsvSource({"true, 60, 30", "true, 20, 120", "false, 30, 30"})
  void calibratedSkyIsTheTrueOne(boolean withBias, double darkSeconds, double seconds) {
    double sky = 500;
    Exposure science = camera.science(seconds, sky);
    CalibrationLibrary library =
        library(
            NOTHING,
            false,
            withBias ? camera.biases(12) : List.of(),
            camera.darks(12, darkSeconds),
            camera.flats(9000, 10000, 11000, 12000, 13000));
    CalibrationSet set = library.choose(science);
    assertThat(set.subtractOverscan()).isTrue();

    float[] pixels = calibrated(science, set);

    double expected = SyntheticCamera.GAIN * sky;
    // Hot pixels have the shot noise of their own signal; the rest agrees to 1 e.
    assertThat(mean(pixels, 2, 30) / expected).isEqualTo(1, within(0.01));
    assertThat(mean(pixels, 70, 98) / expected).isEqualTo(1, within(0.01));
    assertThat(library.masters()).hasSize(withBias ? 3 : 2);
  }

  @Test
  void darkIsScaledOnlyWithoutTheBiasInIt() {
    MasterFrame bias = builder.bias(camera.biases(5));
    MasterFrame pure = builder.dark(camera.darks(5, 60), bias);
    MasterFrame both = builder.dark(camera.darks(5, 60), null);
    assertThat(CalibrationSet.darkScale(pure, 30)).isEqualTo(0.5);
    assertThat(CalibrationSet.darkScale(both, 30)).isEqualTo(1);
    assertThat(CalibrationSet.darkScale(null, 30)).isEqualTo(1);
  }

  @Test
  void darkOfOtherLengthWithBiasInItIsToldOf() {
    CalibrationSet set =
        library(NOTHING, false, camera.darks(5, 60), camera.flats(9000, 9000, 9000))
            .choose(camera.science(30, 500));
    assertThat(set.notes())
        .anyMatch(n -> n.contains("dark of 60.00 s is used unscaled for exposures of 30.00 s"));
  }

  @Test
  void nearestDarksAreTaken() {
    CalibrationSet set =
        library(
                NOTHING,
                false,
                camera.darks(5, 10),
                camera.darks(5, 40),
                camera.flats(9000, 9000, 9000))
            .choose(camera.science(30, 500));
    assertThat(set.dark().exposureTime()).isEqualTo(40);
  }

  // --- read noise

  @Test
  void readNoiseOfTheHeaderGoesBeforeThatOfTheFrames() {
    CalibrationLibrary library =
        library(
            NOTHING, false, camera.biases(12), camera.darks(5, 30), camera.flats(9000, 9000, 9000));
    assertThat(library.choose(camera.science(30, 500)).readNoise())
        .isEqualTo(SyntheticCamera.READ_NOISE, within(0.3));
    Exposure science = camera.card("RDNOISE = 4.5").science(30, 500);
    assertThat(library.choose(science).readNoise()).isEqualTo(4.5);
  }

  @Test
  void unknownReadNoiseIsAssumedWithANote() {
    CalibrationSet set =
        library(NOTHING, false, camera.darks(5, 30), camera.flats(9000, 9000, 9000))
            .choose(camera.science(30, 500));
    assertThat(set.readNoise()).isEqualTo(5);
    assertThat(set.notes()).anyMatch(n -> n.contains("5.0 electron are assumed"));
  }

  // --- missing calibration

  private static void missing(CalibrationLibrary library, Exposure science, String... words) {
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(() -> library.choose(science))
        .satisfies(e -> assertThat(e.exitCode().number()).isEqualTo(4))
        .satisfies(
            e -> assertThat(e.getMessage()).contains(words).contains("--allow-uncalibrated"));
  }

  @Test
  void missingDark() {
    missing(
        library(NOTHING, false, camera.flats(9000, 9000, 9000)),
        camera.science(30, 500),
        "no dark frame",
        "camera synthetic",
        "neither raw dark frames of this camera and size");
  }

  @Test
  void missingFlat() {
    missing(
        library(NOTHING, false, camera.darks(3, 30)),
        camera.science(30, 500),
        "no flat frame",
        "filter r",
        "--flat FILE");
  }

  @Test
  void flatsThatCannotBeUsedAreNotCalledAbsent() {
    missing(
        library(NOTHING, false, camera.darks(3, 30), camera.flats(100, 39500)),
        camera.science(30, 500),
        "none of the 2 raw flat frames can be used");
  }

  @Test
  void withPermissionItGoesOnWithout() {
    CalibrationSet set = library(NOTHING, true).choose(camera.science(30, 500));
    assertThat(set.dark()).isNull();
    assertThat(set.flat()).isNull();
    assertThat(set.notes())
        .contains(
            "no dark frame: the frames are reduced without",
            "no flat frame: the frames are reduced without");
    float[] pixels = calibrated(camera.science(0, 500), set);
    assertThat(mean(pixels, 0, 100)).isEqualTo(SyntheticCamera.GAIN * 500, within(30.0));
  }

  // --- given masters

  private static CalibrationLibrary.Given given(Path dark, Path flat) {
    return new CalibrationLibrary.Given(null, dark, flat);
  }

  @Test
  void ownMastersComeBackAsTheyWere() {
    MasterFrame bias = builder.bias(camera.biases(5));
    MasterFrame dark = builder.dark(camera.darks(5, 60), bias);
    MasterFrame flat = builder.flat(camera.flats(9000, 9000, 9000), bias, dark);
    Provenance provenance = new Provenance("0", "test", "0");
    Path darkFile = folder.resolve("m/dark.fits");
    Path flatFile = folder.resolve("m/flat.fits");
    MasterWriter.write(darkFile, dark, provenance);
    MasterWriter.write(flatFile, flat, provenance);
    CalibrationSet set = library(given(darkFile, flatFile), false).choose(camera.science(30, 500));
    assertThat(set.dark().pixels()).isEqualTo(dark.pixels());
    assertThat(set.dark().mask()).isEqualTo(dark.mask());
    assertThat(set.dark().containsBias()).isFalse();
    assertThat(set.dark().overscanSubtracted()).isTrue();
    assertThat(set.dark().exposureTime()).isEqualTo(60);
    assertThat(set.flat().pixels()[5000]).isEqualTo(flat.pixels()[5000], within(1e-3f));
    assertThat(set.flat().mask()).isEqualTo(flat.mask());
  }

  @Test
  void foreignDarkIsTakenToHoldTheBias() {
    Path file = foreign("dark", 120, 100, 37);
    CalibrationSet set = library(given(file, null), true).choose(camera.science(30, 500));
    assertThat(set.dark().containsBias()).isTrue();
    assertThat(set.subtractOverscan()).isFalse();
    assertThat(set.notes()).anyMatch(n -> n.contains("bias is taken to be still in this dark"));
    assertThat(set.dark().median()).isEqualTo(37);
  }

  @Test
  void masterOfTheWholeRawFrameIsCut() {
    double[] samples = new double[128 * 100];
    Arrays.setAll(samples, i -> i % 128);
    Path file = TestFits.image(-32, 128, 100, samples).write(folder.resolve("raw-size.fits"));
    MasterFrame dark =
        new MasterReader(backend).read(file, MasterFrame.Kind.DARK, camera.science(30, 500));
    assertThat(dark.width()).isEqualTo(120);
    assertThat(dark.pixels()[0]).isEqualTo(8);
    assertThat(dark.pixels()[119]).isEqualTo(127);
  }

  private Path foreign(String name, int width, int height, double value) {
    double[] samples = new double[width * height];
    Arrays.fill(samples, value);
    return TestFits.image(-32, width, height, samples).write(folder.resolve(name + "-master.fits"));
  }

  private void unusable(Path file, MasterFrame.Kind kind, int code, String... words) {
    Exposure science = camera.science(30, 500);
    assertThatExceptionOfType(StarlaneException.class)
        .isThrownBy(() -> new MasterReader(backend).read(file, kind, science))
        .satisfies(e -> assertThat(e.exitCode().number()).isEqualTo(code))
        .satisfies(e -> assertThat(e.getMessage()).contains(words).contains(file.toString()));
  }

  @Test
  void masterOfWrongSize() {
    unusable(
        foreign("dark", 50, 40, 7),
        MasterFrame.Kind.DARK,
        4,
        "50 x 40",
        "128 x 100",
        "120 x 100",
        "read-out mode");
  }

  @Test
  void mastersThatAreNone() {
    unusable(foreign("flat", 120, 100, 0), MasterFrame.Kind.FLAT, 4, "its median is 0");
    unusable(foreign("dark", 120, 100, Double.NaN), MasterFrame.Kind.DARK, 4, "has a value");
    unusable(
        TestFits.write(folder.resolve("text.fits"), new byte[] {'h', 'i'}),
        MasterFrame.Kind.DARK,
        3,
        "not a FITS file");
    unusable(folder.resolve("absent.fits"), MasterFrame.Kind.FLAT, 3, "does not exist");
  }

  /** All 31 bits; a float would lose the low ones. */
  @Test
  void maskBitsAreReadExactly() {
    double[] bits = new double[120 * 100];
    bits[0] = MaskBit.SOURCE_DETECTED.bit() | MaskBit.SATURATED.bit();
    bits[1] = Integer.MAX_VALUE;
    Path file =
        TestFits.image(-32, 120, 100, new double[120 * 100])
            .card("XTENSION", "'IMAGE   '")
            .shape(32, 120, 100)
            .card("EXTNAME", "'MASK    '")
            .end()
            .samples(32, bits)
            .write(folder.resolve("with-mask.fits"));
    MasterFrame dark =
        new MasterReader(backend).read(file, MasterFrame.Kind.DARK, camera.science(30, 500));
    assertThat(dark.mask()).startsWith((1 << 30) | 1, Integer.MAX_VALUE, 0);
  }

  @Test
  void maskOfAnotherSizeIsNoMask() {
    Path file =
        TestFits.image(-32, 120, 100, new double[120 * 100])
            .card("XTENSION", "'IMAGE   '")
            .shape(32, 3, 3)
            .card("EXTNAME", "'MASK    '")
            .end()
            .samples(32, new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1})
            .write(folder.resolve("small-mask.fits"));
    MasterFrame dark =
        new MasterReader(backend).read(file, MasterFrame.Kind.DARK, camera.science(30, 500));
    assertThat(dark.mask()).containsOnly(0);
  }
}
