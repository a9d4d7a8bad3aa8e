package io.github.starlane.core.streak;

import static io.github.starlane.core.streak.StreakScene.FWHM;
import static io.github.starlane.core.streak.StreakScene.endError;
import static io.github.starlane.core.streak.StreakScene.flux;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreakFinderTest {

  private static final int SIZE = 512;

  @Test
  void noiseGivesNoneInAHundredImages() {
    for (int seed = 0; seed < 100; seed++) {
      assertThat(new StreakScene(SIZE, SIZE, seed).find()).as("image %d", seed).isEmpty();
    }
  }

  /** A line placed at random, at any angle; every fourth one along an axis or a diagonal. */
  private record Placed(double x1, double y1, double x2, double y2) {
    static Placed random(SplittableRandom random, int k, double length) {
      double angle = k % 4 == 0 ? Math.PI / 4 * (k / 4 % 4) : Math.PI * random.nextDouble();
      double dx = length / 2 * Math.cos(angle);
      double dy = length / 2 * Math.sin(angle);
      double marginX = Math.abs(dx) + 12;
      double marginY = dy + 12;
      double x = marginX + (SIZE - 2 * marginX) * random.nextDouble();
      double y = marginY + (SIZE - 2 * marginY) * random.nextDouble();
      return new Placed(x - dx, y - dy, x + dx, y + dy);
    }
  }

  /** The ideal search finds half of those at its threshold of 7, 84 % at 8, 99.9 % at 10. */
  @ParameterizedTest
  @CsvSource({
    // S/N, length, least share found
    "7, 100, 0.4",
    "7, 400, 0.4",
    "8, 100, 0.7",
    "8, 400, 0.8",
    "10, 100, 0.95",
    "10, 400, 0.95",
    "14, 100, 1",
  })
  void findsWhatTheNoiseLetsItFind(double signalToNoise, double length, double least) {
    SplittableRandom random = new SplittableRandom(5);
    int trials = 40;
    int found = 0;
    for (int k = 0; k < trials; k++) {
      Placed p = Placed.random(random, k, length);
      List<Streak> streaks =
          new StreakScene(SIZE, SIZE, 1000 + k)
              .line(p.x1, p.y1, p.x2, p.y2, flux(signalToNoise, length, FWHM))
              .find();
      assertThat(streaks).hasSizeLessThan(2);
      double turn = Math.toDegrees(Math.atan2(p.y2 - p.y1, p.x2 - p.x1));
      found +=
          streaks.stream().anyMatch(s -> Math.abs(Math.IEEEremainder(s.angle() - turn, 180)) < 4)
              ? 1
              : 0;
    }
    assertThat((double) found / trials).isGreaterThanOrEqualTo(least);
  }

  @ParameterizedTest
  @CsvSource({
    // S/N, length, largest error of an end
    "30, 100, 3",
    "60, 300, 3",
    "60, 100, 1.5",
  })
  void endsFluxAndWidthAreRight(double signalToNoise, double length, double most) {
    SplittableRandom random = new SplittableRandom(6);
    int trials = 32;
    double[] flux = new double[trials];
    double[] width = new double[trials];
    double[] ends = new double[trials];
    double light = flux(signalToNoise, length, FWHM);
    for (int k = 0; k < trials; k++) {
      Placed p = Placed.random(random, k, length);
      List<Streak> streaks =
          new StreakScene(SIZE, SIZE, 2000 + k).line(p.x1, p.y1, p.x2, p.y2, light).find();
      assertThat(streaks).hasSize(1);
      Streak s = streaks.get(0);
      assertThat(s.kind()).isEqualTo(StreakKind.STREAK);
      assertThat(endError(s, p.x1, p.y1, p.x2, p.y2)).isLessThan(most);
      assertThat(s.first().atEdge() || s.second().atEdge()).isFalse();
      assertThat(s.signalToNoise()).isCloseTo(signalToNoise, within(4.0));
      assertThat(s.chiSquare()).isCloseTo(1, within(0.25));
      assertThat(s.flux()).isCloseTo(light * length, within(5 * s.fluxError()));
      flux[k] = (s.fluxPerLength() - light) / s.fluxPerLengthError();
      width[k] = (s.fwhm() - FWHM) / s.fwhmError();
      ends[k] = pullOfAnEnd(s, p, length);
    }
    // The mean of 32 pulls has an error of 0.18, their deviation one of 0.13.
    assertUnbiased("flux", flux, 1.4);
    assertUnbiased("width", width, 1.4);
    assertUnbiased("ends", ends, 1.4);
  }

  /** Of the end that is nearer to the first one, along the streak. */
  private static double pullOfAnEnd(Streak s, Placed p, double length) {
    double dx = (p.x2 - p.x1) / length;
    double dy = (p.y2 - p.y1) / length;
    StreakEnd end =
        Math.hypot(s.first().x() - p.x1, s.first().y() - p.y1) < 10 ? s.first() : s.second();
    double error = Math.hypot(dx * end.xError(), dy * end.yError());
    return ((end.x() - p.x1) * dx + (end.y() - p.y1) * dy) / error;
  }

  private static void assertUnbiased(String what, double[] pulls, double most) {
    double mean = 0;
    double square = 0;
    for (double pull : pulls) {
      mean += pull / pulls.length;
      square += pull * pull / pulls.length;
    }
    assertThat(mean).as("mean pull of %s", what).isCloseTo(0, within(0.6));
    assertThat(Math.sqrt(square - mean * mean))
        .as("deviation of the pulls of %s", what)
        .isBetween(0.6, most);
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 20, 200})
  void oneThatCrossesTheImageEndsAtItsEdges(double signalToNoise) {
    for (int k = 0; k < 8; k++) {
      double slope = Math.tan(0.1 + 0.17 * k - 0.6);
      double y1 = 255 - 255.5 * slope;
      double y2 = 255 + 256.5 * slope;
      double light = flux(signalToNoise, Math.hypot(512, y2 - y1), FWHM);
      List<Streak> streaks =
          new StreakScene(SIZE, SIZE, 3000 + k)
              .line(-20.5, y1 - 20 * slope, 531.5, y2 + 20 * slope, light)
              .find();
      assertThat(streaks).hasSize(1);
      Streak s = streaks.get(0);
      assertThat(s.first().atEdge()).isTrue();
      assertThat(s.second().atEdge()).isTrue();
      assertThat(endError(s, -0.5, y1, 511.5, y2)).isLessThan(20 / signalToNoise + 0.5);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {12, 15, 25})
  void parallelOnesAreTwo(double distance) {
    for (double angle : new double[] {0.3, 1.2, 2.2}) {
      double dx = 120 * Math.cos(angle);
      double dy = 120 * Math.sin(angle);
      double nx = -distance / 2 * Math.sin(angle);
      double ny = distance / 2 * Math.cos(angle);
      double light = flux(40, 240, FWHM);
      List<Streak> streaks =
          new StreakScene(400, 380, 7)
              .line(200 - dx + nx, 190 - dy + ny, 200 + dx + nx, 190 + dy + ny, light)
              .line(200 - dx - nx, 190 - dy - ny, 200 + dx - nx, 190 + dy - ny, 0.5 * light)
              .find();
      assertThat(streaks).hasSize(2);
      assertThat(streaks.get(0).fluxPerLength()).isCloseTo(light, within(0.1 * light));
      assertThat(streaks.get(1).fluxPerLength()).isCloseTo(0.5 * light, within(0.1 * light));
      assertThat(
              endError(streaks.get(0), 200 - dx + nx, 190 - dy + ny, 200 + dx + nx, 190 + dy + ny))
          .isLessThan(4);
      assertThat(streaks).allSatisfy(s -> assertThat(s.fwhm()).isCloseTo(FWHM, within(0.6)));
    }
  }

  @Test
  void crossingOnesAreTwo() {
    List<Streak> streaks =
        new StreakScene(SIZE, SIZE, 8)
            .line(30, 60, 480, 400, flux(300, 564, FWHM))
            .line(100, 470, 400, 40, flux(30, 524, FWHM))
            .find();
    assertThat(streaks).hasSize(2);
    assertThat(endError(streaks.get(0), 30, 60, 480, 400)).isLessThan(1);
    assertThat(endError(streaks.get(1), 100, 470, 400, 40)).isLessThan(8);
  }

  @ParameterizedTest
  @ValueSource(doubles = {6, 12, 25})
  void aBroadOneIsOne(double fwhm) {
    double light = flux(80, 300, fwhm);
    List<Streak> streaks =
        new StreakScene(SIZE, SIZE, 9).line(100, 150, 350, 316, light, fwhm, t -> 1).find();
    assertThat(streaks).hasSize(1);
    assertThat(streaks.get(0).fwhm()).isCloseTo(fwhm, within(0.06 * fwhm));
    assertThat(streaks.get(0).fluxPerLength()).isCloseTo(light, within(0.08 * light));
  }

  /** A satellite out of focus: two bright edges, less light between them. */
  @Test
  void oneWithTwoEdgesIsOne() {
    double light = flux(60, 400, FWHM);
    StreakScene scene = new StreakScene(SIZE, SIZE, 10);
    for (int k = -5; k <= 5; k++) {
      double part = Math.abs(k) == 5 ? 1 : 0.5;
      scene.line(60 - 0.6 * k, 90 + 0.8 * k, 380 - 0.6 * k, 330 + 0.8 * k, part * light);
    }
    List<Streak> streaks = scene.find();
    assertThat(streaks).hasSize(1);
    assertThat(streaks.get(0).fwhm()).isBetween(9.0, 16.0);
  }

  @Test
  void aVeryBrightOneWithWingsIsOneAndItsFluxIsRight() {
    List<Streak> streaks =
        new StreakScene(SIZE, SIZE, 11).moffatLine(50, 100, 450, 380, 20000, 3, 3).find();
    assertThat(streaks).hasSize(1);
    Streak s = streaks.get(0);
    assertThat(s.fluxPerLength()).isCloseTo(20000, within(300.0));
    // A Moffat function of exponent 3 that moves along a line has the exponent 2.5 across it.
    double wider = Math.sqrt((Math.pow(2, 1 / 2.5) - 1) / (Math.pow(2, 1 / 3.0) - 1));
    assertThat(s.fwhm()).isCloseTo(3 * wider, within(0.03));
    assertThat(endError(s, 50, 100, 450, 380)).isLessThan(1);
  }

  @Test
  void spikesOfBrightStarsAreToldApart() {
    StreakScene scene = new StreakScene(SIZE, SIZE, 12);
    double[] x = {140, 360};
    double[] y = {180, 330};
    for (int k = 0; k < 2; k++) {
      for (double angle : new double[] {0.4, 0.4 + Math.PI / 2}) {
        double dx = 70 * Math.cos(angle);
        double dy = 70 * Math.sin(angle);
        scene.line(
            x[k] - dx,
            y[k] - dy,
            x[k] + dx,
            y[k] + dy,
            400,
            FWHM,
            t -> Math.pow(1 - Math.abs(2 * t - 1), 2));
      }
      scene.mask((int) x[k] - 6, (int) y[k] - 6, (int) x[k] + 7, (int) y[k] + 7);
    }
    // A streak that happens to pass through a bright star stays one.
    scene.line(20, 180, 500, 182.5, flux(60, 480, FWHM));
    List<Streak> lines = scene.find(new BrightStars(x, y));
    assertThat(lines.stream().filter(s -> s.kind() == StreakKind.STREAK)).hasSize(1);
    assertThat(lines.stream().filter(s -> s.kind() == StreakKind.DIFFRACTION_SPIKE)).hasSize(4);
    assertThat(lines).hasSize(5);
  }

  /** Without another one to compare with, a spike is told by its fading. */
  @Test
  void theSpikeOfASingleStarFadesAwayFromIt() {
    StreakScene scene = new StreakScene(SIZE, SIZE, 19);
    scene.line(180, 160, 340, 360, 400, FWHM, t -> Math.pow(1 - Math.abs(2 * t - 1), 2));
    scene.mask(254, 254, 267, 267);
    BrightStars star = new BrightStars(new double[] {260}, new double[] {260});
    List<Streak> lines = scene.find(star);
    assertThat(lines).extracting(Streak::kind).containsExactly(StreakKind.DIFFRACTION_SPIKE);
    // As bright all along: a streak.
    scene = new StreakScene(SIZE, SIZE, 19).line(180, 160, 340, 360, 130);
    assertThat(scene.mask(254, 254, 267, 267).find(star))
        .extracting(Streak::kind)
        .containsExactly(StreakKind.STREAK);
  }

  @Test
  void aFewStarsInARowAreNone() {
    for (int stars = 3; stars <= 5; stars++) {
      StreakScene scene = new StreakScene(SIZE, SIZE, 20);
      for (int k = 0; k < stars; k++) {
        // Each has a S/N of 15 or so.
        double x = 150 + 40 * k;
        double y = 150 + 25 * k;
        scene.line(x, y, x + 0.2, y, 1150 / 0.2);
      }
      assertThat(scene.find()).as("%d stars", stars).isEmpty();
    }
  }

  @Test
  void columnsAreToldApart() {
    StreakScene scene = new StreakScene(SIZE, SIZE, 13);
    for (int k = 0; k < 300; k++) {
      // A bad column, a bad row, and an overflow through a bright star.
      scene.image[(100 + k) * SIZE + 77] += 60;
      scene.image[400 * SIZE + 150 + k] += 60;
      for (int i = 0; i < 4; i++) {
        scene.image[(150 + k) * SIZE + 300 + i] += 80;
      }
    }
    scene.line(200, 60.3, 200.2, 300, flux(40, 240, FWHM));
    List<Streak> lines = scene.find(new BrightStars(new double[] {301.4}, new double[] {290}));
    assertThat(lines.stream().filter(s -> s.kind() == StreakKind.BLEED_OR_COLUMN)).hasSize(3);
    List<Streak> streaks = lines.stream().filter(s -> s.kind() == StreakKind.STREAK).toList();
    assertThat(streaks).hasSize(1);
    assertThat(endError(streaks.get(0), 200, 60.3, 200.2, 300)).isLessThan(3);
  }

  @Test
  void badPixelsHideNoneAndMakeNone() {
    StreakScene scene = new StreakScene(SIZE, SIZE, 14);
    scene.fill(0, 200, SIZE, 204, Float.NaN).mask(0, 0, 250, SIZE);
    scene.fill(0, 0, 250, SIZE, 5000).fill(300, 0, 302, SIZE, Float.POSITIVE_INFINITY);
    assertThat(scene.find()).isEmpty();
    scene.line(260, 60, 480, 350, flux(40, 364, FWHM));
    List<Streak> streaks = scene.find();
    assertThat(streaks).hasSize(1);
    assertThat(endError(streaks.get(0), 260, 60, 480, 350)).isLessThan(5);
  }

  @Test
  void remnantsOfStarsMakeNoneAndHideNone() {
    StreakScene scene = new StreakScene(800, 800, 15).remnants(700, 0.1, 16);
    assertThat(scene.find()).isEmpty();
    double light = flux(25, 672, FWHM);
    scene.line(100, 700, 600, 250, light);
    List<Streak> streaks = scene.find();
    assertThat(streaks).hasSize(1);
    assertThat(endError(streaks.get(0), 100, 700, 600, 250)).isLessThan(20);
    assertThat(streaks.get(0).fluxPerLength()).isCloseTo(light, within(0.2 * light));
  }

  @Test
  void starsOnAStreakDoNotCount() {
    double light = flux(40, 400, FWHM);
    StreakScene scene = new StreakScene(SIZE, SIZE, 21).line(80, 100, 400, 340, light);
    for (int k = 0; k < 3; k++) {
      double x = 150 + 80 * k;
      scene.line(x, 153 + 60 * k, x + 0.2, 153 + 60 * k, 5000 / 0.2);
    }
    List<Streak> streaks = scene.find();
    assertThat(streaks).hasSize(1);
    assertThat(endError(streaks.get(0), 80, 100, 400, 340)).isLessThan(3);
    assertThat(streaks.get(0).fluxPerLength()).isCloseTo(light, within(0.08 * light));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "3, 700", "40, 40"})
  void emptyAndSmallImagesHaveNone(int width, int height) {
    assertThat(new StreakScene(width, height, 17).find()).isEmpty();
    StreakScene blank = new StreakScene(width, height, 17).fill(0, 0, width, height, Float.NaN);
    assertThat(blank.find()).isEmpty();
  }

  @Test
  void aPsfWithoutWidthIsRefused() {
    StreakScene scene = new StreakScene(64, 64, 18);
    assertThatThrownBy(() -> scene.find(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FWHM");
  }
}
