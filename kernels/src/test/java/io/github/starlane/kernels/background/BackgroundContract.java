package io.github.starlane.kernels.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Compare;
import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Planes;
import io.github.starlane.kernels.background.BackgroundParameters.Estimator;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend's {@link Background} must do. */
public abstract class BackgroundContract {

  private static final int BAD = 2;

  /** The backend under test. */
  protected abstract Backend backend();

  @ParameterizedTest
  @CsvSource({
    "0, 0, 16",
    "1, 1, 16",
    "2, 7, 4",
    "13, 31, 8",
    "31, 13, 40",
    "257, 131, 64",
    "300, 40, 37"
  })
  void agreesWithThePlainVersion(int width, int height, int block) {
    float[] image = starField(width, height, 300, 17, 7);
    Planes.sprinkle(1, image, 0.01, Float.NaN);
    Planes.sprinkle(2, image, 0.01, Float.POSITIVE_INFINITY);
    int[] mask = Planes.bits(3, image.length, 0.02, 1, BAD);
    for (Estimator estimator : Estimator.values()) {
      BackgroundParameters parameters = parameters(block, estimator);
      BackgroundGrid expected =
          new ScalarBackground()
              .estimate(
                  new HostPlane(image, width, height),
                  new HostMaskPlane(mask, width, height),
                  parameters);
      BackgroundGrid actual = estimate(image, mask, width, height, parameters);
      assertThat(actual.columns()).isEqualTo(expected.columns());
      assertThat(actual.rows()).isEqualTo(expected.rows());
      Compare.close("level", actual.level(), expected.level(), 0.017, 0);
      Compare.close("variance", actual.variance(), expected.variance(), 1e-4, 2e-3);
      Compare.close("fraction", actual.goodFraction(), expected.goodFraction(), 1e-6, 0);
      rendersLikeThePlainVersion(expected, image);
    }
  }

  private void rendersLikeThePlainVersion(BackgroundGrid grid, float[] image) {
    int width = grid.width();
    int height = grid.height();
    ScalarBackground plain = new ScalarBackground();
    Background background = backend().background();
    HostPlane expected = new HostPlane(new float[width * height], width, height);
    Plane actual = backend().allocate(width, height);
    plain.renderLevel(grid, expected);
    background.renderLevel(grid, actual);
    Compare.close("level", backend().toHost(actual), HostPlane.pixels(expected), 1e-3, 1e-6);
    plain.renderVariance(grid, expected);
    background.renderVariance(grid, actual);
    Compare.close("variance", backend().toHost(actual), HostPlane.pixels(expected), 1e-3, 1e-5);
    plain.subtract(new HostPlane(image, width, height), grid, expected);
    Plane inPlace = backend().fromHost(image.clone(), width, height);
    background.subtract(inPlace, grid, inPlace);
    Compare.close("difference", backend().toHost(inPlace), HostPlane.pixels(expected), 1e-3, 1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 80})
  void aGradientIsReproducedUpToTheCorners(int overlap) {
    int width = 300;
    int height = 250;
    float[] image = Planes.of(width, height, (x, y) -> 300 + 0.1 * x - 0.07 * y);
    for (boolean filter : new boolean[] {true, false}) {
      Interpolation interpolation = filter ? Interpolation.SPLINE : Interpolation.BILINEAR;
      BackgroundParameters parameters =
          new BackgroundParameters(
              50, overlap, Estimator.CLIPPED_MEDIAN, 3, 5, 0.5, BAD, filter, interpolation);
      BackgroundGrid grid = estimate(image, null, width, height, parameters);
      Plane out = backend().allocate(width, height);
      backend().background().renderLevel(grid, out);
      Compare.close("level", backend().toHost(out), image, 0.02, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void starsHardlyLiftLevelAndVariance(Estimator estimator) {
    int width = 512;
    double sigma = Math.sqrt(300);
    float[] image = starField(width, width, 300, sigma, 11);
    BackgroundGrid grid = estimate(image, null, width, width, parameters(128, estimator));
    double level = Planes.mean(Planes.toDouble(grid.level()));
    double variance = Planes.mean(Planes.toDouble(grid.variance()));
    // 16 blocks of 128²: error of the mean level 0.04 (median) to 0.13 (mode).
    assertThat(level).isCloseTo(300, within(0.5));
    // Light of stars below the clipping limit counts as noise: 4 % in this field.
    assertThat(variance).isBetween(295.0, 316.0);
  }

  @Test
  void pureNoiseGivesItsVarianceWhateverTheClipping() {
    float[] image = Planes.noise(4, 400 * 400, 1000, 20);
    for (double clip : new double[] {1.5, 2, 3, 5, 100}) {
      BackgroundParameters parameters =
          new BackgroundParameters(
              100, 0, Estimator.CLIPPED_MEDIAN, clip, 20, 0.5, BAD, false, Interpolation.SPLINE);
      BackgroundGrid grid = estimate(image, null, 400, 400, parameters);
      double variance = Planes.mean(Planes.toDouble(grid.variance()));
      assertThat(variance).as("clip at %s", clip).isCloseTo(400, within(10.0));
    }
  }

  @Test
  void medianFilterRemovesALiftedBlockAlsoInTheCorner() {
    float[] image = Planes.of(500, 500, (x, y) -> 100 + 0.02 * x + 0.01 * y);
    for (int y = 0; y < 100; y++) {
      for (int x = 0; x < 100; x++) {
        image[y * 500 + x] += 500;
        image[(y + 200) * 500 + x + 300] += 500;
      }
    }
    BackgroundParameters parameters =
        new BackgroundParameters(
            100, 0, Estimator.CLIPPED_MEDIAN, 3, 5, 0.5, BAD, true, Interpolation.SPLINE);
    BackgroundGrid grid = estimate(image, null, 500, 500, parameters);
    for (int j = 0; j < 5; j++) {
      for (int i = 0; i < 5; i++) {
        assertThat((double) grid.level()[j * 5 + i])
            .isCloseTo(100 + 0.02 * (49.5 + 100 * i) + 0.01 * (49.5 + 100 * j), within(2.5));
      }
    }
  }

  @Test
  void blocksWithoutPixelsTakeTheirNeighboursValues() {
    BackgroundParameters withoutOverlap =
        new BackgroundParameters(
            100, 0, Estimator.CLIPPED_MEDIAN, 3, 10, 0.3, BAD, false, Interpolation.SPLINE);
    float[] image = Planes.noise(5, 300 * 300, 50, 3);
    int[] mask = new int[image.length];
    for (int y = 100; y < 200; y++) {
      Arrays.fill(mask, y * 300 + 100, y * 300 + 200, BAD);
      Arrays.fill(image, y * 300 + 100, y * 300 + 200, 1e5f);
    }
    BackgroundGrid grid = estimate(image, mask, 300, 300, withoutOverlap);
    assertThat(grid.goodFraction()[4]).isZero();
    assertThat(grid.level()[4]).isCloseTo(50, within(0.2f));
    assertThat(grid.variance()[4]).isCloseTo(9, within(0.3f));
    float[] nothing = Planes.constant(image.length, Float.NaN);
    BackgroundGrid empty =
        estimate(nothing, null, 300, 300, parameters(100, Estimator.CLIPPED_MEDIAN));
    assertThat(empty.level()).containsOnly(Float.NaN);
  }

  @Test
  void wholeNumbersAndConstantsAreHandled() {
    float[] constant = Planes.constant(64 * 64, 7);
    float[] whole = Planes.noise(6, 64 * 64, 100, 0.4);
    for (int i = 0; i < whole.length; i++) {
      whole[i] = Math.round(whole[i]);
    }
    for (Estimator estimator : Estimator.values()) {
      BackgroundGrid flat = estimate(constant, null, 64, 64, parameters(32, estimator));
      assertThat(flat.level()).containsOnly(7);
      assertThat(flat.variance()).containsOnly(0);
      BackgroundGrid grid = estimate(whole, null, 64, 64, parameters(32, estimator));
      assertThat(grid.level()[0]).isCloseTo(100, within(0.3f));
      // Rounding adds 1/12 to 0.16.
      assertThat(grid.variance()[0]).isBetween(0.15f, 0.35f);
    }
  }

  @Test
  void pixelsBeyondTheEdgesCountOnBothSidesOrNot() {
    int width = 300;
    float[] image =
        Planes.of(width, 100, (x, y) -> x < 80 || x >= 220 ? Float.NaN : x < 100 ? 5 : 7.0);
    BackgroundGrid grid = overlapping(image, width, 20);
    // The outer blocks have the image's edge on one side, hence no pixels beyond the other.
    assertThat(grid.goodFraction()).containsExactly(0.2f, 1, 0.2f);
    assertThat(grid.level()).containsExactly(5, 7, 7);
    // 40 of the middle block's 180 columns are NaN.
    assertThat(overlapping(image, width, 40).goodFraction()[1]).isEqualTo(140f / 180);
    float[] stripes = Planes.of(width, 100, (x, y) -> x < 95 || x >= 155 ? 3 : 9.0);
    assertThat(overlapping(stripes, width, 0).level()[1]).isEqualTo(9);
    assertThat(overlapping(stripes, width, 30).level()[1]).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.13, 0.15, 0.155, 0.3})
  void hugeNegativePixelsDoNotStopTheSearch(double share) {
    float[] image = Planes.noise(12, 128 * 128, 88, 3);
    Planes.sprinkle(13, image, share, -9e16f);
    for (Estimator estimator : Estimator.values()) {
      BackgroundGrid actual = estimate(image, null, 128, 128, parameters(128, estimator));
      BackgroundGrid expected =
          new ScalarBackground()
              .estimate(new HostPlane(image, 128, 128), null, parameters(128, estimator));
      Compare.close("level by " + estimator, actual.level(), expected.level(), 1e-2, 1e-4);
    }
  }

  @Test
  void pixelsThatRepeatAtADistanceDoNotMislead() {
    // Of 128² pixels every 32nd, and with them whole columns, is unlike the others.
    float[] image = Planes.noise(12, 128 * 128, 100, 5);
    for (int i = 0; i < image.length; i += 32) {
      image[i] += 3000;
    }
    double level =
        estimate(image, null, 128, 128, parameters(128, Estimator.CLIPPED_MEDIAN)).level()[0];
    assertThat(level).isCloseTo(100, within(0.2));
    // Few values that hold most of the pixels, and one that is far away.
    float[] steps = Planes.of(128, 128, (x, y) -> x == 0 ? 1e6 : (x * y) % 7 / 3.0);
    float[] sorted = steps.clone();
    Arrays.sort(sorted);
    BackgroundParameters unclipped =
        new BackgroundParameters(
            128, 0, Estimator.CLIPPED_MEDIAN, 3, 0, 0, BAD, false, Interpolation.SPLINE);
    assertThat(estimate(steps, null, 128, 128, unclipped).level()[0])
        .isEqualTo(0.5f * (sorted[8191] + sorted[8192]));
    // Evenly spaced but for a jump right of the middle: a straight line misses the rank.
    float[] bent = Planes.of(128, 128, (x, y) -> Math.pow((y * 128 + x) / 16384.0, 40));
    sorted = bent.clone();
    Arrays.sort(sorted);
    assertThat(estimate(bent, null, 128, 128, unclipped).level()[0])
        .isEqualTo(0.5f * (sorted[8191] + sorted[8192]));
  }

  private BackgroundGrid overlapping(float[] image, int width, int overlap) {
    BackgroundParameters parameters =
        new BackgroundParameters(
            100, overlap, Estimator.CLIPPED_MEDIAN, 3, 0, 0, BAD, false, Interpolation.SPLINE);
    return estimate(image, null, width, image.length / width, parameters);
  }

  @Test
  void bilinearFollowsItsFormula() {
    int width = 61;
    int height = 47;
    float[] level = {3, 9, -2, 7, 8, 1};
    BackgroundGrid grid =
        new BackgroundGrid(
            width, height, 3, 2, Interpolation.BILINEAR, level, level.clone(), level.clone());
    Plane out = backend().allocate(width, height);
    backend().background().renderLevel(grid, out);
    float[] expected =
        Planes.of(
            width,
            height,
            (x, y) -> {
              double u = (x + 0.5) * 3 / width - 0.5;
              double v = (y + 0.5) * 2 / height - 0.5;
              int i = u < 1 ? 0 : 1;
              double lower = level[i] + (u - i) * (level[i + 1] - level[i]);
              double upper = level[3 + i] + (u - i) * (level[4 + i] - level[3 + i]);
              return lower + v * (upper - lower);
            });
    Compare.close("level", backend().toHost(out), expected, 1e-5, 1e-6);
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void aSectionHasTheVeryBitsOfTheWhole(Interpolation interpolation) {
    int width = 157;
    int height = 83;
    float[] level = Planes.noise(7, 20, 100, 30);
    float[] variance = Planes.noise(8, 20, 50, 60);
    BackgroundGrid grid =
        new BackgroundGrid(width, height, 5, 4, interpolation, level, variance, level);
    float[] image = Planes.noise(9, width * height, 100, 5);
    NoiseModel noise = new NoiseModel(2, 3);
    float[][] whole = rendered(grid, noise, image, 0, 0, width, height);
    for (int[] s : new int[][] {{0, 0, 157, 1}, {3, 40, 100, 43}, {156, 82, 1, 1}, {9, 9, 0, 5}}) {
      float[][] section = rendered(grid, noise, image, s[0], s[1], s[2], s[3]);
      for (int k = 0; k < whole.length; k++) {
        assertThat(section[k]).isEqualTo(cut(whole[k], width, s[0], s[1], s[2], s[3]));
      }
    }
    Plane out = backend().allocate(100, 10);
    for (int[] outside : new int[][] {{58, 0}, {0, 74}, {-1, 0}, {0, -1}}) {
      assertThatThrownBy(
              () -> backend().background().renderLevel(grid, outside[0], outside[1], out))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("157 x 83");
    }
  }

  /** Difference, level, measured and modelled variance of a section. */
  private float[][] rendered(
      BackgroundGrid grid, NoiseModel noise, float[] image, int x0, int y0, int width, int height) {
    Background background = backend().background();
    Plane section =
        backend().fromHost(cut(image, grid.width(), x0, y0, width, height), width, height);
    Plane level = backend().allocate(width, height);
    Plane measured = backend().allocate(width, height);
    Plane modelled = backend().allocate(width, height);
    background.subtract(section, grid, x0, y0, section);
    background.renderLevel(grid, x0, y0, level);
    background.renderVariance(grid, x0, y0, measured);
    background.renderModelledVariance(grid, noise, x0, y0, modelled);
    return new float[][] {
      backend().toHost(section),
      backend().toHost(level),
      backend().toHost(measured),
      backend().toHost(modelled)
    };
  }

  private static float[] cut(float[] image, int stride, int x0, int y0, int width, int height) {
    float[] part = new float[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(image, (y0 + y) * stride + x0, part, y * width, width);
    }
    return part;
  }

  @Test
  void measuredVarianceAgreesWithTheModelWhereTheModelIsRight() {
    int width = 400;
    double gain = 2.5;
    double readNoise = 1.6;
    float[] level = Planes.of(width, width, (x, y) -> 100 + 0.02 * x);
    float[] unit = Planes.noise(11, width * width, 0, 1);
    NoiseModel noise = new NoiseModel(gain, readNoise);
    float[] image = new float[level.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = level[i] + unit[i] * (float) Math.sqrt(level[i] / gain + readNoise * readNoise);
    }
    BackgroundGrid grid = estimate(image, null, width, width, parameters(50, Estimator.SEXTRACTOR));
    // 64 blocks of 2500 pixels: 0.0035 from the noise; the gradient within a block adds 0.002.
    assertThat(grid.measuredOverModelled(noise)).isCloseTo(1, within(0.012));
    assertThat(grid.measuredOverModelled(new NoiseModel(2 * gain, 0))).isGreaterThan(1.9);
    Plane out = backend().allocate(width, width);
    backend().background().renderModelledVariance(grid, noise, 0, 0, out);
    float[] rendered = backend().toHost(out);
    for (int i = 0; i < rendered.length; i += 997) {
      assertThat((double) rendered[i])
          .isCloseTo(level[i] / gain + readNoise * readNoise, within(0.7));
    }
    assertThat(noise.variance(-5)).isEqualTo(readNoise * readNoise);
  }

  private BackgroundGrid estimate(
      float[] image, int[] mask, int width, int height, BackgroundParameters parameters) {
    MaskPlane bits = mask == null ? null : backend().fromHost(mask.clone(), width, height);
    return backend()
        .background()
        .estimate(backend().fromHost(image.clone(), width, height), bits, parameters);
  }

  private static BackgroundParameters parameters(int block, Estimator estimator) {
    return new BackgroundParameters(
        block, block / 9, estimator, 3, 10, 0.3, BAD, false, Interpolation.SPLINE);
  }

  /** Sky with noise and as many faint and bright Gaussian stars as a LAST field has. */
  private static float[] starField(int width, int height, double sky, double sigma, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] image = Planes.noise(seed, width * height, sky, sigma);
    int stars = width * height / 640;
    for (int k = 0; k < stars; k++) {
      double flux = Math.min(5e5, 300 / Math.pow(1 - random.nextDouble(), 1.2));
      double x = random.nextDouble() * width;
      double y = random.nextDouble() * height;
      for (int j = Math.max(0, (int) y - 6); j < Math.min(height, (int) y + 7); j++) {
        for (int i = Math.max(0, (int) x - 6); i < Math.min(width, (int) x + 7); i++) {
          double square = (i - x) * (i - x) + (j - y) * (j - y);
          image[j * width + i] += (float) (flux / (2 * Math.PI * 1.21) * Math.exp(-square / 2.42));
        }
      }
    }
    return image;
  }
}
