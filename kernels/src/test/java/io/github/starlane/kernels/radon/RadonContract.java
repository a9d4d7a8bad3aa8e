package io.github.starlane.kernels.radon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Planes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend's {@link Radon} must do. */
public abstract class RadonContract {

  private static final int BAD = 2;

  /** The backend under test. */
  protected abstract Backend backend();

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 1", "1, 5", "5, 3", "7, 8", "13, 9", "40, 33", "33, 70", "90, 64"})
  void transformIsTheSumAlongEachPath(int width, int height) {
    float[] image = Planes.noise(1, width * height, 3, 10);
    PathSums sums = backend().radon().transform(backend().fromHost(image, width, height));
    assertThat(sums.rows()).isGreaterThanOrEqualTo(height).isLessThan(2 * height);
    assertThat(sums.sums()).hasSize(sums.rows() * (width + sums.rows() - 1));
    for (int shift = 0; shift < sums.rows(); shift++) {
      for (int x = 1 - sums.rows(); x < width; x++) {
        double sum = 0;
        double absolute = 0;
        for (int row = 0; row < height; row++) {
          int column = x + path(sums.rows(), shift, row);
          if (column >= 0 && column < width) {
            sum += image[row * width + column];
            absolute += Math.abs(image[row * width + column]);
          }
        }
        assertThat((double) sums.sum(shift, x))
            .as("shift %d from column %d", shift, x)
            .isCloseTo(sum, within(1e-6 * absolute));
      }
    }
  }

  /**
   * The definition's words, without its recursion: each half shifts by ⌊d / 2⌋, the gap by the
   * rest.
   */
  private static int path(int rows, int shift, int row) {
    if (rows == 1) {
      return 0;
    }
    int half = rows / 2;
    int each = shift / 2;
    return row < half ? path(half, each, row) : shift - each + path(half, each, row - half);
  }

  @Test
  void pathsAreNearlyStraight() {
    for (int shift = 0; shift < 256; shift++) {
      assertThat(PathSums.offset(256, shift, 0)).isZero();
      assertThat(PathSums.offset(256, shift, 255)).isEqualTo(shift);
      for (int row = 0; row < 256; row++) {
        assertThat(PathSums.offset(256, shift, row)).isEqualTo(path(256, shift, row));
        double straight = shift * row / 255.0;
        // Brady 1998: no farther than a sixth of the number of levels, and rounding.
        assertThat((double) PathSums.offset(256, shift, row))
            .isCloseTo(straight, within(8 / 6.0 + 0.5));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // S/N, length, largest error of the ends
    "12, 60, 4",
    "20, 60, 3",
    "20, 150, 6",
    "35, 150, 3",
    "50, 40, 2",
    "50, 190, 2.5",
  })
  void findsAStreakWithItsEndsAtAnyAngle(double signalToNoise, double length, double error) {
    SplittableRandom random = new SplittableRandom(2);
    double[] ratios = new double[8];
    double worst = 0;
    for (int k = 0; k < ratios.length; k++) {
      StreakField field = new StreakField(211, 230, 100 + k);
      double angle = Math.PI * (k + random.nextDouble()) / ratios.length;
      double dx = 0.5 * length * Math.cos(angle);
      double dy = 0.5 * length * Math.sin(angle);
      double x = 105 + 2 * random.nextDouble();
      double y = 115 + 2 * random.nextDouble();
      double flux = StreakField.flux(signalToNoise, length);
      field.addStreak(x - dx, y - dy, x + dx, y + dy, flux);
      List<Streak> streaks = find(field, null, parameters(7.5, 16));
      assertThat(streaks).as("angle %.3f", angle).hasSize(1);
      Streak streak = streaks.get(0);
      double e = endError(streak, x - dx, y - dy, x + dx, y + dy);
      worst = Math.max(worst, e);
      ratios[k] = streak.signalToNoise() / signalToNoise;
      assertThat(streak.fluxPerLength())
          .isCloseTo(flux, within(flux * (0.06 + 3.5 / signalToNoise)));
      double turn = streak.angle() - Math.toDegrees(angle);
      assertThat(Math.abs(Math.IEEEremainder(turn, 180))).isLessThan(0.5 + 60 / length);
    }
    assertThat(worst).isLessThan(error);
    // Eight streaks: the noise of the mean is 0.35 / S/N.
    assertThat(Planes.mean(ratios))
        .isBetween(0.93 - 0.4 / signalToNoise, 1.02 + 0.8 / signalToNoise);
  }

  private static double endError(Streak s, double x1, double y1, double x2, double y2) {
    double same =
        Math.max(Math.hypot(s.x1() - x1, s.y1() - y1), Math.hypot(s.x2() - x2, s.y2() - y2));
    double other =
        Math.max(Math.hypot(s.x1() - x2, s.y1() - y2), Math.hypot(s.x2() - x1, s.y2() - y1));
    return Math.min(same, other);
  }

  @ParameterizedTest
  @CsvSource({
    "20, 60, 180, 60",
    "60, 20, 60, 180",
    "40, 40, 160, 160",
    "40, 160, 160, 40",
    "-30, 50, 90, 80",
    "100, -20, 130, 260",
    "190, 90, 120, 190"
  })
  void oneMayRunAlongAnAxisOrADiagonalOrOutOfTheImage(double x1, double y1, double x2, double y2) {
    StreakField field = new StreakField(200, 200, 7);
    double flux = StreakField.flux(40, 120);
    field.addStreak(x1, y1, x2, y2, flux);
    List<Streak> streaks = find(field, null, parameters(8, 16));
    assertThat(streaks).hasSize(1);
    Streak streak = streaks.get(0);
    double slope = (y2 - y1) / (x2 - x1);
    double fromX = x1 == x2 ? x1 : Math.clamp(x1, -0.5, 199.5);
    double fromY = x1 == x2 ? y1 : y1 + slope * (fromX - x1);
    double fromEdgeX = fromY < -0.5 ? fromX + (-0.5 - fromY) / slope : fromX;
    double toY = Math.min(y2, 199.5);
    double toX = toY == y2 ? x2 : x2 + (toY - y2) / slope;
    assertThat(endError(streak, fromEdgeX, Math.max(fromY, -0.5), toX, toY)).isLessThan(2.5);
    assertThat(streak.fluxPerLength()).isCloseTo(flux, within(0.12 * flux));
    assertThat(streak.fwhm()).isCloseTo(2.355 * StreakField.SIGMA, within(0.5));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 16, 30})
  void shortOnesAreFoundByPartsOfThePaths(int length) {
    StreakField field = new StreakField(300, 260, 8);
    field.addStreak(150, 100, 150 + 0.8 * length, 100 + 0.6 * length, StreakField.flux(18, length));
    List<Streak> streaks = find(field, null, parameters(8, 8));
    assertThat(streaks).hasSize(1);
    assertThat(endError(streaks.get(0), 150, 100, 150 + 0.8 * length, 100 + 0.6 * length))
        .isLessThan(2.5);
    assertThat(streaks.get(0).signalToNoise()).isBetween(length < 16 ? 14.0 : 15.0, 21.0);
  }

  @Test
  void crossingStreaksAreBothFound() {
    StreakField field = new StreakField(256, 256, 9);
    field.addStreak(30, 40, 220, 180, StreakField.flux(60, 236));
    field.addStreak(60, 200, 200, 50, StreakField.flux(30, 205));
    List<Streak> streaks = find(field, null, parameters(8, 16));
    assertThat(streaks).hasSize(2);
    assertThat(endError(streaks.get(0), 30, 40, 220, 180)).isLessThan(2.5);
    assertThat(endError(streaks.get(1), 60, 200, 200, 50)).isLessThan(4);
    RadonParameters onlyOne = new RadonParameters(StreakField.SIGMA, 8, 16, 1, BAD, 1e9, 1);
    assertThat(find(field, null, onlyOne)).containsExactly(streaks.get(0));
  }

  /** Bins of b cost a share 1 − (1 + (b² − 1) / 12σ²)^(−1/4) of the S/N, 5 and 10 % here. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void binnedSearchesFindTheSameStreaks(int bin) {
    // Not a multiple of the bins.
    StreakField field = new StreakField(301, 283, 10);
    double flux = StreakField.flux(30, 250);
    field.addStreak(40, 50, 240, 200, flux);
    List<Streak> streaks =
        find(
            field,
            null,
            new RadonParameters(StreakField.SIGMA, 8, 48, 10, BAD, Double.POSITIVE_INFINITY, bin));
    assertThat(streaks).hasSize(1);
    Streak streak = streaks.get(0);
    assertThat(endError(streak, 40, 50, 240, 200)).isLessThan(6);
    double left =
        Math.pow(1 + (bin * bin - 1) / (12 * StreakField.SIGMA * StreakField.SIGMA), -0.25);
    assertThat(streak.signalToNoise()).isCloseTo(30 * left, within(2.5));
    assertThat(streak.fluxPerLength()).isCloseTo(flux, within(0.1 * flux));
    assertThat(streak.fwhm()).isCloseTo(2.355 * StreakField.SIGMA, within(0.6));
  }

  @Test
  void oneSearchFindsAllFaintStreaks() {
    StreakField field = new StreakField(400, 400, 11);
    for (int k = 0; k < 5; k++) {
      field.addStreak(60, 50 + 70 * k, 330, 60 + 65 * k, StreakField.flux(11, 270));
    }
    assertThat(find(field, null, parameters(7, 32))).hasSize(5);
  }

  @Test
  void pixelsAlongALineAreThoseOfTheBand() {
    int width = 50;
    int height = 40;
    float[] image = Planes.noise(60, width * height, 3, 10);
    float[] variance = Planes.noise(61, width * height, 50, 20);
    int[] mask = Planes.bits(62, width * height, 0.1, 1, BAD);
    image[20 * width + 25] = Float.NaN;
    variance[21 * width + 25] = Float.POSITIVE_INFINITY;
    variance[22 * width + 25] = 0;
    for (Band band :
        List.of(
            new Band(5, 8, 45, 31, 4.2),
            new Band(45.3, 31, 4, 9, 4.2),
            new Band(-10, 20, 70, 20, 3),
            new Band(20, -5, 20, 60, 2.5),
            new Band(30, 20, 30, 20, 6))) {
      LinePixels pixels =
          backend()
              .radon()
              .pixels(
                  backend().fromHost(image.clone(), width, height),
                  backend().fromHost(variance.clone(), width, height),
                  backend().fromHost(mask.clone(), width, height),
                  BAD,
                  band);
      int n = 0;
      double length = Math.hypot(band.x2() - band.x1(), band.y2() - band.y1());
      double cosine = length == 0 ? 1 : (band.x2() - band.x1()) / length;
      double sine = length == 0 ? 0 : (band.y2() - band.y1()) / length;
      for (int i = 0; i < image.length; i++) {
        double x = i % width - band.x1();
        double y = i / width - band.y1();
        double along = cosine * x + sine * y;
        double across = cosine * y - sine * x;
        boolean good = variance[i] > 0 && variance[i] < 1e30 && !Float.isNaN(image[i]);
        if (along >= 0
            && along <= length
            && Math.abs(across) <= band.halfWidth()
            && good
            && (mask[i] & BAD) == 0) {
          assertThat((double) pixels.along()[n]).isCloseTo(along, within(1e-4));
          assertThat((double) pixels.across()[n]).isCloseTo(across, within(1e-4));
          assertThat(pixels.value()[n]).isEqualTo(image[i]);
          assertThat(pixels.weight()[n]).isEqualTo(1 / variance[i]);
          n++;
        }
      }
      assertThat(pixels.count()).isEqualTo(n);
    }
  }

  @Test
  void marksAreSetWithinTheHalfWidth() {
    int[] mask = Planes.bits(63, 60 * 50, 0.2, 1, BAD);
    int[] before = mask.clone();
    Band band = new Band(10, 45, 52, 3, 5.5);
    MaskPlane plane = backend().fromHost(mask, 60, 50);
    backend().radon().mark(plane, band, 8);
    backend().radon().mark(plane, new Band(-30, -30, -20, -25, 4), 16);
    int[] after = backend().toHost(plane);
    for (int i = 0; i < before.length; i++) {
      int marked = band.contains(i % 60, i / 60) ? 8 : 0;
      assertThat(after[i]).as("%d, %d", i % 60, i / 60).isEqualTo(before[i] | marked);
    }
    assertThat(band.contains(31, 24)).isTrue();
    assertThat(band.contains(37, 32)).isFalse();
    assertThat(band.contains(6.2, 48.8)).isTrue();
    assertThat(band.contains(5, 50)).isFalse();
  }

  @Test
  void noiseGivesNone() {
    for (int seed = 20; seed < 24; seed++) {
      StreakField field = new StreakField(500, 300, seed);
      for (int i = 0; i < field.image.length; i++) {
        // Noise that grows to the right.
        float factor = 1 + 2f * (i % 500) / 500;
        field.image[i] *= factor;
        field.variance[i] *= factor * factor;
      }
      assertThat(find(field, null, parameters(6.5, 8))).isEmpty();
    }
  }

  @Test
  void starsGiveNoneAndHideNone() {
    StreakField field = new StreakField(600, 600, 30);
    field.addStars(600, 31);
    RadonParameters parameters = new RadonParameters(StreakField.SIGMA, 8, 32, 10, BAD, 6, 1);
    assertThat(find(field, null, parameters)).isEmpty();
    field.addStreak(100, 500, 480, 90, StreakField.flux(40, 559));
    List<Streak> streaks = find(field, null, parameters);
    assertThat(streaks).hasSize(1);
    assertThat(endError(streaks.get(0), 100, 500, 480, 90)).isLessThan(15);
    // So bright that each of its pixels is above the stars' limit.
    field.addStreak(50, 100, 400, 150, StreakField.flux(600, 353));
    streaks = find(field, null, parameters);
    assertThat(streaks).hasSize(2);
    assertThat(endError(streaks.get(0), 50, 100, 400, 150)).isLessThan(2.5);
  }

  @Test
  void badPixelsHaveNoWeight() {
    StreakField field = new StreakField(200, 200, 40);
    int[] mask = new int[field.image.length];
    for (int y = 0; y < 200; y++) {
      field.image[y * 200 + 77] = 5000;
      mask[y * 200 + 77] = BAD;
      field.image[y * 200 + 120] = Float.NaN;
      field.image[y * 200 + 150] = 1e6f;
      field.variance[y * 200 + 150] = y % 2 == 0 ? 0 : Float.POSITIVE_INFINITY;
    }
    assertThat(find(field, mask, parameters(7, 16))).isEmpty();
    field.addStreak(40, 60, 180, 110, StreakField.flux(30, 149));
    List<Streak> streaks = find(field, mask, parameters(7, 16));
    assertThat(streaks).hasSize(1);
    assertThat(endError(streaks.get(0), 40, 60, 180, 110)).isLessThan(3);
    Arrays.fill(mask, BAD);
    assertThat(find(field, mask, parameters(7, 16))).isEmpty();
  }

  @Test
  void agreesWithThePlainVersion() {
    for (int[] size : new int[][] {{0, 0}, {1, 9}, {2, 2}, {37, 5}, {5, 37}, {130, 91}}) {
      StreakField field = new StreakField(size[0], size[1], 50);
      field.addStreak(1, 2, size[0] - 3, 0.7 * size[1], StreakField.flux(40, size[0] + 9));
      // One that is darker than the sky.
      field.addStreak(size[0] - 2, 3, 2, 0.9 * size[1], -StreakField.flux(90, size[0] + 9));
      RadonParameters parameters = new RadonParameters(StreakField.SIGMA, 3, 4, 4, BAD, 30, 1);
      List<Streak> expected = find(new ScalarRadon(), field, null, parameters);
      List<Streak> actual = find(field, null, parameters);
      assertThat(actual).hasSameSizeAs(expected);
      assertThat(expected.isEmpty()).isEqualTo(size[0] < 5);
      for (int k = 0; k < expected.size(); k++) {
        Streak e = expected.get(k);
        Streak a = actual.get(k);
        assertThat(endError(a, e.x1(), e.y1(), e.x2(), e.y2())).isLessThan(0.01);
        assertThat(a.signalToNoise()).isCloseTo(e.signalToNoise(), within(1e-3));
      }
    }
  }

  @Test
  void refusesWhatMakesNoSense() {
    StreakField field = new StreakField(20, 20, 1);
    assertThatThrownBy(() -> find(field, null, parameters(7, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shortest");
    assertThatThrownBy(() -> find(field, null, new RadonParameters(1, 7, 16, 5, BAD, 1e9, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("binning");
    assertThatThrownBy(() -> new Band(0, 0, Double.NaN, 1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Band(0, 0, 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> find(field, null, new RadonParameters(-1, 7, 16, 5, BAD, 1e9, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PSF");
  }

  private static RadonParameters parameters(double threshold, int shortest) {
    return new RadonParameters(
        StreakField.SIGMA, threshold, shortest, 10, BAD, Double.POSITIVE_INFINITY, 1);
  }

  private List<Streak> find(StreakField field, int[] mask, RadonParameters parameters) {
    return backend()
        .radon()
        .find(
            backend().fromHost(field.image.clone(), field.width, field.height),
            backend().fromHost(field.variance.clone(), field.width, field.height),
            mask == null ? null : backend().fromHost(mask.clone(), field.width, field.height),
            parameters);
  }

  private static List<Streak> find(
      Radon radon, StreakField field, int[] mask, RadonParameters parameters) {
    return radon.find(
        new HostPlane(field.image.clone(), field.width, field.height),
        new HostPlane(field.variance.clone(), field.width, field.height),
        mask == null ? null : new HostMaskPlane(mask.clone(), field.width, field.height),
        parameters);
  }
}
