package io.github.starlane.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.fits.FitsFile;
import io.github.starlane.core.fits.FitsHeader;
import io.github.starlane.core.fits.FitsTable;
import io.github.starlane.core.fits.FitsWriter;
import io.github.starlane.kernels.calibrate.RawPixels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectCommandTest {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 380;
  private static final int STARS = 80;

  @TempDir Path folder;

  private final Session session = Session.real();

  /** Stars of flux 4000 electrons and more on a grid, sky of 200 electrons; gain 2. */
  private float[] pixels() {
    float[] pixels = new float[WIDTH * HEIGHT];
    SplittableRandom random = new SplittableRandom(4);
    for (int k = 0; k < STARS; k++) {
      double flux = 4000 + 500 * k;
      for (int i = 0; i < pixels.length; i++) {
        double dx = i % WIDTH - x(k);
        double dy = i / WIDTH - y(k);
        if (Math.abs(dx) < 10 && Math.abs(dy) < 10) {
          pixels[i] +=
              (float) (flux / (2 * Math.PI * 1.44) * Math.exp(-(dx * dx + dy * dy) / 2.88));
        }
      }
    }
    for (int i = 0; i < pixels.length; i++) {
      double electrons = pixels[i] + 200;
      pixels[i] = (float) (electrons + Math.sqrt(electrons) * random.nextGaussian()) / 2;
    }
    return pixels;
  }

  private static double x(int star) {
    return 25.3 + 41 * (star % 10);
  }

  private static double y(int star) {
    return 22.8 + 45 * (star / 10);
  }

  private Path image(float[] pixels, FitsCards more) {
    return image("image.fits", pixels, more);
  }

  private Path image(String name, float[] pixels, FitsCards more) {
    Path path = folder.resolve(name);
    FitsCards cards =
        new FitsCards()
            .put("GAIN", 2.0, "")
            .put("READNOI", 0.0, "")
            .put("SATURATE", 1e6, "")
            .put("CTYPE1", "RA---TAN", "")
            .put("CTYPE2", "DEC--TAN", "")
            .put("CRVAL1", 120.0, "")
            .put("CRVAL2", 10.0, "")
            .put("CRPIX1", 210.5, "")
            .put("CRPIX2", 190.5, "")
            .put("CD1_1", -1e-4, "")
            .put("CD2_2", 1e-4, "");
    new FitsWriter().image("", pixels, WIDTH, HEIGHT, cards.putAll(more)).write(path);
    return path;
  }

  private int detect(Path image, String... more) {
    String[] all =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(
                    "detect", image.toString(), "-o", folder.resolve("cat.fits").toString()),
                Arrays.stream(more))
            .toArray(String[]::new);
    return session.run(all);
  }

  private double[] column(String name) {
    return FitsTable.read(folder.resolve("cat.fits")).doubles(name);
  }

  private FitsHeader header() {
    return FitsTable.read(folder.resolve("cat.fits")).header();
  }

  @Test
  void theStarsOfAnImageAreFoundWhereTheyAre() {
    assertThat(detect(image(pixels(), new FitsCards()), "-j2")).as(session.err()).isZero();
    assertThat(session.out()).contains("sources, PSF of FWHM 2.");
    double[] x = column("X");
    double[] y = column("Y");
    double[] flux = column("FLUX_PSF");
    double[] ra = column("RA");
    assertThat(x.length).isBetween(STARS, STARS + 2);
    for (int k = 0; k < STARS; k++) {
      double starX = x(k) + 1;
      double starY = y(k) + 1;
      int row =
          IntStream.range(0, x.length)
              .filter(i -> Math.hypot(x[i] - starX, y[i] - starY) < 0.5)
              .findFirst()
              .orElseThrow();
      assertThat(flux[row]).isCloseTo(4000 + 500 * k, within(0.03 * (4000 + 500 * k) + 400));
      double east = (120 - ra[row]) * Math.cos(Math.toRadians(10));
      assertThat(east).isCloseTo((starX - 210.5) * 1e-4, within(1e-4));
    }
    assertThat(header().number("N_STARS", 0)).isEqualTo(x.length);
    assertThat(header().number("FWHMPIX", 0)).isCloseTo(2.83, within(0.1));
    // Round Gaussians, 45 pixels from each other.
    assertThat(header().number("ST_KURT", 0)).isCloseTo(2, within(0.03));
    assertThat(header().number("ST_COMA1", 9)).isCloseTo(0, within(0.02));
    assertThat(header().number("PSFDIST", 0)).isBetween(25.0, 120.0);
    assertThat(header().number("PSFLRNG", -1)).isBetween(0.0, 0.05);
    assertThat(header().number("APCORRNG", -1)).isBetween(0.0, 0.05);
  }

  @Test
  void cropsDoNotChangeWhatIsFound() {
    Path image = image(pixels(), new FitsCards());
    assertThat(detect(image)).isZero();
    double[] whole = column("X");
    assertThat(detect(image, "--set", "crop.size=200")).as(session.err()).isZero();
    double[] parts = column("X");
    assertThat(parts.length).isBetween(whole.length - 1, whole.length + 1);
    double[] sorted = Arrays.stream(parts).sorted().toArray();
    double[] expected = Arrays.stream(whole).sorted().toArray();
    assertThat(sorted[10]).isCloseTo(expected[10], within(0.05));
  }

  @Test
  void anImageWhoseSkyHasBeenTakenOffHasTheSameErrors() {
    detect(image(pixels(), new FitsCards()));
    double[] before = column("FLUXERR_APER_1");
    float[] flat = pixels();
    for (int i = 0; i < flat.length; i++) {
      flat[i] -= 100;
    }
    assertThat(detect(image(flat, new FitsCards()))).as(session.err()).isZero();
    double[] after = column("FLUXERR_APER_1");
    assertThat(after).hasSameSizeAs(before);
    double ratio = Arrays.stream(after).sum() / Arrays.stream(before).sum();
    assertThat(ratio).isCloseTo(1, within(0.05));
  }

  @Test
  void theResidualHoldsNoStars() {
    Path rest = folder.resolve("rest.fits");
    assertThat(detect(image(pixels(), new FitsCards()), "--residual", rest.toString())).isZero();
    try (FitsFile file = FitsFile.open(rest)) {
      RawPixels left = file.pixels(file.firstImage().orElseThrow());
      double squares = 0;
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        squares += Math.pow(left.value(i % WIDTH, i / WIDTH), 2);
      }
      // The sky's noise, that of the stars, and little else; the stars' light is 60 times as much.
      assertThat(Math.sqrt(squares / (WIDTH * HEIGHT))).isBetween(14.0, 17.5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "nan", "one star", "half"})
  void poorImagesGiveAValidCatalogue(String kind) {
    float[] pixels = pixels();
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < pixels.length; i++) {
      float noise = (float) (100 + 7 * random.nextGaussian());
      switch (kind) {
        case "nothing" -> pixels[i] = noise;
        case "nan" -> pixels[i] = Float.NaN;
        case "one star" -> pixels[i] = i % WIDTH < 50 && i / WIDTH < 50 ? pixels[i] : noise;
        default -> pixels[i] = i % WIDTH < WIDTH / 2 ? Float.NaN : pixels[i];
      }
    }
    assertThat(detect(image(pixels, new FitsCards()))).as(session.err()).isZero();
    int found = column("X").length;
    switch (kind) {
      case "nan" -> assertThat(found).isZero();
      case "nothing" -> assertThat(found).isLessThan(3);
      case "one star" -> assertThat(found).isBetween(1, 3);
      default -> assertThat(found).isBetween(30, 50);
    }
  }

  @ParameterizedTest
  @CsvSource({"missing.fits, 3, missing.fits", "text.fits, 3, text.fits"})
  void whatIsNoImageIsSaidSo(String name, int code, String text) throws Exception {
    Files.writeString(folder.resolve("text.fits"), "no FITS");
    assertThat(detect(folder.resolve(name))).isEqualTo(code);
    assertThat(session.err()).contains(text);
    assertThat(folder.resolve("cat.fits")).doesNotExist();
  }

  @Test
  void aSettingThatDoesNotExistIsNamed() {
    Path image = image(pixels(), new FitsCards());
    assertThat(detect(image, "--set", "source.treshold=3")).isEqualTo(2);
    assertThat(session.err()).contains("treshold");
  }

  // --- several images

  private int run(String... arguments) {
    String[] all =
        Arrays.stream(arguments)
            .map(a -> a.contains(".fits") || a.endsWith("/") ? folder + "/" + a : a)
            .toArray(String[]::new);
    return session.run(all);
  }

  private int rows(String file) {
    return FitsTable.read(folder.resolve(file)).doubles("X").length;
  }

  @Test
  void severalImagesHaveACatalogueEach() throws Exception {
    float[] half = pixels();
    Arrays.fill(half, half.length / 2, half.length, Float.NaN);
    image("a.fits", pixels(), new FitsCards());
    image("b.fit", half, new FitsCards());

    int code =
        session.run(
            "detect",
            folder + "/a.fits",
            folder + "/b.fit",
            "-o",
            folder + "/made/cats",
            "--residual",
            folder + "/rest/",
            "--json");

    assertThat(code).as(session.err()).isZero();
    assertThat(rows("made/cats/a.cat.fits")).isBetween(STARS, STARS + 2);
    assertThat(rows("made/cats/b.cat.fits")).isBetween(STARS / 3, STARS * 2 / 3);
    assertThat(folder.resolve("rest/a.residual.fits")).exists();
    assertThat(folder.resolve("rest/b.residual.fits")).exists();
    var end = session.events().getLast();
    assertThat(end.get("images")).hasSize(2);
    assertThat(end.get("images").get(1).get("catalog").asText()).endsWith("b.cat.fits");
    assertThat(end.get("sources").asInt())
        .isEqualTo(rows("made/cats/a.cat.fits") + rows("made/cats/b.cat.fits"));
  }

  @Test
  void anImageGivesTheSameAloneAndAmongOthers() {
    Path image = image("a.fits", pixels(), new FitsCards());
    float[] other = pixels();
    Arrays.fill(other, 0, other.length / 3, 50);
    image("0.fits", other, new FitsCards());
    assertThat(detect(image)).isZero();
    double[] alone = column("FLUX_PSF");
    assertThat(run("detect", "0.fits", "a.fits", "-o", "cats/")).as(session.err()).isZero();
    assertThat(FitsTable.read(folder.resolve("cats/a.cat.fits")).doubles("FLUX_PSF"))
        .containsExactly(alone);
  }

  @Test
  void anImageThatCannotBeReadCostsNoOther() throws Exception {
    image("good.fits", pixels(), new FitsCards());
    Files.writeString(folder.resolve("text.fits"), "no FITS");

    assertThat(run("detect", "text.fits", "missing.fits", "good.fits", "-o", "cats/")).isEqualTo(1);

    assertThat(rows("cats/good.cat.fits")).isGreaterThan(STARS / 2);
    assertThat(folder.resolve("cats/text.cat.fits")).doesNotExist();
    assertThat(session.err()).contains("text.fits", "missing.fits");
    assertThat(session.out()).contains("good.fits: ", "1 of 3 images");
    assertThat(run("detect", "text.fits", "missing.fits", "-o", "cats/")).isEqualTo(3);
  }

  @Test
  void aRemarkSaysOfWhichImageItIs() {
    float[] empty = new float[WIDTH * HEIGHT];
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < empty.length; i++) {
      empty[i] = (float) (100 + 7 * random.nextGaussian());
    }
    image("dark.fits", empty, new FitsCards());
    image("a.fits", pixels(), new FitsCards());
    assertThat(run("detect", "a.fits", "dark.fits", "-o", "cats/")).as(session.err()).isZero();
    assertThat(session.err()).contains("dark.fits: only 0 stars for the PSF");
  }

  @Test
  void oneImageGoesIntoAFolderThatIsSaidToBeOne() {
    image("a.fits", pixels(), new FitsCards());
    assertThat(run("detect", "a.fits", "-o", "cats/")).as(session.err()).isZero();
    assertThat(rows("cats/a.cat.fits")).isGreaterThan(STARS / 2);
  }

  @ParameterizedTest
  @CsvSource({
    "a.fits b.fits -o stars.fits, name of a file",
    "a.fits b.fits -o there.fits, that is a file",
    "a.fits b.fits -o cats/ --residual there.fits, with --residual",
    "a.fits -o there.fits/, that is a file",
    "a.fits sub/a.fits -o cats/, sub/a.fits",
    "a.fits a.fits.fz -o cats/, a.fits.fz",
    "a.fits a.fits -o cats/, twice",
    "a.fits -o a.fits, one of the images",
    "a.fits -o stars.fits --residual stars.fits, the residual of",
  })
  void filesThatClashAreRefusedBeforeAnyWork(String arguments, String hint) throws Exception {
    Files.writeString(folder.resolve("there.fits"), "precious");
    String[] words = ("detect " + arguments).split(" ");

    assertThat(run(words)).isEqualTo(2);

    assertThat(session.err()).contains(hint);
    assertThat(session.err().lines().count()).isEqualTo(2);
    assertThat(folder.resolve("there.fits")).hasContent("precious");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void interruptedItDoesNotGoOnWithTheNextImage() {
    image("a.fits", pixels(), new FitsCards());
    image("b.fits", pixels(), new FitsCards());
    Thread.currentThread().interrupt();
    try {
      assertThat(run("detect", "a.fits", "b.fits", "-o", "cats/")).isNotIn(0, 1);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(session.err()).doesNotContain("b.fits");
    assertThat(folder.resolve("cats/a.cat.fits")).doesNotExist();
    assertThat(folder.resolve("cats/b.cat.fits")).doesNotExist();
  }
}
