package io.github.starlane.kernels.aperture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Compare;
import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.Moffat;
import io.github.starlane.kernels.Planes;
import io.github.starlane.kernels.aperture.ApertureParameters.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every backend's {@link Aperture} must do. */
public abstract class ApertureContract {

  private static final int BAD = 2;
  private static final ApertureParameters PARAMETERS =
      new ApertureParameters(new double[] {0.3, 3, 5, 7.7}, 10, 13, Level.MEDIAN, 2, 6, 3, BAD);

  /** The backend under test. */
  protected abstract Backend backend();

  @ParameterizedTest
  @EnumSource(Level.class)
  void agreesWithThePlainVersion(Level level) {
    ApertureParameters parameters =
        new ApertureParameters(new double[] {0.3, 3, 5, 7.7}, 10, 13, level, 2, 6, 3, BAD);
    int width = 131;
    int height = 77;
    SplittableRandom random = new SplittableRandom(1);
    float[] image = Planes.noise(2, width * height, 50, 7);
    double[] x = new double[60];
    double[] y = new double[60];
    for (int k = 0; k < x.length; k++) {
      x[k] = random.nextDouble() * (width + 30) - 15;
      y[k] = random.nextDouble() * (height + 30) - 15;
      gaussian(image, width, x[k], y[k], 3000, 1.3, 1.3, 0);
    }
    x[5] = Double.NaN;
    y[6] = 1e12;
    Planes.sprinkle(3, image, 0.01, Float.NaN);
    float[] variance = Planes.noise(4, image.length, 50, 2);
    int[] mask = Planes.bits(5, image.length, 0.02, 1, BAD, 16);
    ApertureResult expected =
        new ScalarAperture()
            .measure(
                new HostPlane(image, width, height),
                new HostPlane(variance, width, height),
                new HostMaskPlane(mask, width, height),
                x,
                y,
                parameters);
    ApertureResult actual = measure(image, variance, mask, width, x, y, parameters);
    for (int r = 0; r < 4; r++) {
      Compare.close("flux", actual.flux()[r], expected.flux()[r], 0.02, 1e-5);
      Compare.close("error", actual.fluxError()[r], expected.fluxError()[r], 1e-3, 1e-5);
      Compare.close("bad area", actual.badArea()[r], expected.badArea()[r], 1e-4, 0);
    }
    Compare.close("median", actual.annulusBackground(), expected.annulusBackground(), 1e-4, 0);
    Compare.close("deviation", actual.annulusDeviation(), expected.annulusDeviation(), 1e-3, 0);
    Compare.close("x", actual.x1(), expected.x1(), 1e-3, 0);
    Compare.close("y", actual.y1(), expected.y1(), 1e-3, 0);
    Compare.close("x2", actual.x2(), expected.x2(), 1e-2, 1e-2);
    Compare.close("y2", actual.y2(), expected.y2(), 1e-2, 1e-2);
    Compare.close("xy", actual.xy(), expected.xy(), 1e-2, 1e-2);
    assertThat(actual.flags()).isEqualTo(expected.flags());
  }

  @Test
  void withoutAGoodPixelInTheRingNothingIsMeasured() {
    float[] ones = Planes.constant(41 * 41, 1);
    int[] mask = new int[ones.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = Math.hypot(i % 41 - 20, i / 41 - 20) > 7 ? BAD : 0;
    }
    ApertureParameters parameters =
        new ApertureParameters(new double[] {3}, 10, 13, Level.MEDIAN, 2, 6, 3, BAD);
    ApertureResult result =
        measure(ones, ones, mask, 41, new double[] {20}, new double[] {20}, parameters);
    assertThat(result.flux()[0][0]).isNaN();
    assertThat(result.fluxError()[0][0]).isNaN();
  }

  @Test
  void aConstantSumsToTheAreaOfTheCircle() {
    SplittableRandom random = new SplittableRandom(6);
    int n = 200;
    double[] radii = {0.2, 0.5, 0.75, 1, 2.5, 4, 9.3};
    double[] x = new double[n];
    double[] y = new double[n];
    for (int k = 0; k < n; k++) {
      x[k] = 20 + random.nextDouble();
      y[k] = 20 + random.nextDouble();
    }
    x[0] = 20;
    y[0] = 20;
    x[1] = 20.5;
    y[1] = 20.5;
    ApertureParameters parameters = new ApertureParameters(radii, 0, 0, Level.MEDIAN, 2, 6, 3, BAD);
    float[] ones = Planes.constant(41 * 41, 1);
    ApertureResult result = measure(ones, ones, null, 41, x, y, parameters);
    for (int r = 0; r < radii.length; r++) {
      for (int k = 0; k < n; k++) {
        double area = Math.PI * radii[r] * radii[r];
        assertThat(result.flux()[r][k]).isCloseTo(area, within(1e-9));
        assertThat(result.badArea()[r][k]).isCloseTo(0, within(1e-9));
      }
    }
  }

  @Test
  void aGaussianGivesFluxCentroidAndMoments() {
    int width = 61;
    float[] image = Planes.constant(width * width, 100);
    double x = 30.3;
    double y = 29.6;
    gaussian(image, width, x, y, 50_000, 1.8, 1.4, 0.5);
    float[] variance = Planes.constant(image.length, 100);
    ApertureParameters parameters =
        new ApertureParameters(new double[] {12}, 15, 20, Level.MEDIAN, 2.5, 12, 0, BAD);
    ApertureResult result =
        measure(image, variance, null, width, new double[] {30}, new double[] {30}, parameters);
    assertThat(result.flux()[0][0]).isCloseTo(50_000, within(1.0));
    assertThat(result.annulusBackground()[0]).isCloseTo(100, within(1e-3));
    assertThat(result.x1()[0]).isCloseTo(x, within(2e-3));
    assertThat(result.y1()[0]).isCloseTo(y, within(2e-3));
    assertThat(result.x2()[0]).isCloseTo(1.8 * 1.8, within(0.01));
    assertThat(result.y2()[0]).isCloseTo(1.4 * 1.4, within(0.01));
    assertThat(result.xy()[0]).isCloseTo(0.5, within(0.01));
  }

  @ParameterizedTest
  @EnumSource(Level.class)
  void errorsAreThoseOfTheNoise(Level level) {
    int n = 1500;
    int width = 50 * 30;
    float[] image = Planes.noise(7, width * 30 * 30, 300, Math.sqrt(300));
    double[] x = new double[n];
    double[] y = new double[n];
    for (int k = 0; k < n; k++) {
      x[k] = k % 50 * 30 + 15 + 0.3;
      y[k] = k / 50 * 30 + 15 - 0.2;
    }
    ApertureParameters parameters =
        new ApertureParameters(new double[] {5}, 8, 12, level, 2, 6, 0, BAD);
    ApertureResult result =
        measure(image, Planes.constant(image.length, 300), null, width, x, y, parameters);
    double[] pull = new double[n];
    for (int k = 0; k < n; k++) {
      pull[k] = result.flux()[0][k] / result.fluxError()[0][k];
    }
    assertThat(Planes.rms(pull)).isBetween(0.955, 1.045);
    assertThat(Planes.mean(pull)).isCloseTo(0, within(0.1));
  }

  @Test
  void overlapsAreThoseOfAFineGrid() {
    double[] radii = {0.4, 1.3, 3.6};
    double x = 6.37;
    double y = 5.81;
    ApertureParameters parameters = new ApertureParameters(radii, 0, 0, Level.MEDIAN, 2, 6, 0, BAD);
    float[] variance = Planes.constant(13 * 13, 1);
    for (int pixel = 0; pixel < 13 * 13; pixel++) {
      float[] image = new float[13 * 13];
      image[pixel] = 1;
      ApertureResult result =
          measure(image, variance, null, 13, new double[] {x}, new double[] {y}, parameters);
      for (int r = 0; r < radii.length; r++) {
        double overlap = fineOverlap(pixel % 13 - x, pixel / 13 - y, radii[r]);
        double measured = result.flux()[r][0];
        assertThat(measured).as("pixel " + pixel).isCloseTo(overlap, within(1e-3));
        assertThat(overlap > 0 || Math.abs(measured) < 1e-12).isTrue();
      }
    }
  }

  private static double fineOverlap(double dx, double dy, double radius) {
    int n = 200;
    int inside = 0;
    for (int k = 0; k < n * n; k++) {
      double u = dx - 0.5 + (k % n + 0.5) / n;
      double v = dy - 0.5 + (k / n + 0.5) / n;
      inside += u * u + v * v < radius * radius ? 1 : 0;
    }
    return (double) inside / (n * n);
  }

  @Test
  void theModeIsLessLiftedByFaintStarsThanTheMedian() {
    int width = 400;
    float[] image = Planes.noise(9, width * width, 100, 10);
    SplittableRandom random = new SplittableRandom(10);
    for (int k = 0; k < 1600; k++) {
      double flux = 300 / Math.pow(1 - 0.99 * random.nextDouble(), 0.8);
      gaussian(
          image,
          width,
          width * random.nextDouble(),
          width * random.nextDouble(),
          flux,
          1.2,
          1.2,
          0);
    }
    double[] x = new double[200];
    double[] y = new double[200];
    for (int k = 0; k < x.length; k++) {
      x[k] = 30 + 340 * random.nextDouble();
      y[k] = 30 + 340 * random.nextDouble();
    }
    float[] variance = Planes.constant(image.length, 100);
    Map<Level, Double> lifted = new EnumMap<>(Level.class);
    for (Level level : Level.values()) {
      ApertureParameters parameters =
          new ApertureParameters(new double[] {3}, 8, 16, level, 2, 6, 0, BAD);
      ApertureResult result = measure(image, variance, null, width, x, y, parameters);
      lifted.put(level, Planes.mean(result.annulusBackground()) - 100);
    }
    assertThat(lifted.get(Level.MEDIAN)).isGreaterThan(1.5);
    assertThat(lifted.get(Level.MODE)).isBetween(0.0, 0.6 * lifted.get(Level.MEDIAN));
  }

  @ParameterizedTest
  @CsvSource({"2.2, 0.004", "2.5, 0.002", "3, 0.002", "5, 0.002"})
  void windowedCentroidsAreUnbiasedAtEveryPhase(double fwhm, double most) {
    // Below 2.5 pixels the window is too narrow for the pixels.
    Moffat moffat = new Moffat(fwhm, 3);
    double sigma = fwhm / 2.3548;
    ApertureParameters parameters =
        new ApertureParameters(
            new double[] {3}, 0, 0, Level.MEDIAN, sigma, Math.ceil(4 * sigma), 0, BAD);
    for (int phase = 0; phase < 36; phase++) {
      double x = 24 + (phase % 6 + 0.5) / 6 - 0.5;
      double y = 24 + (phase / 6 + 0.5) / 6 - 0.5;
      float[] image = new float[49 * 49];
      moffat.add(image, 49, x, y, 1e5, 24);
      ApertureResult result =
          measure(
              image,
              Planes.constant(image.length, 1),
              null,
              49,
              new double[] {24},
              new double[] {24},
              parameters);
      assertThat(result.x1()[0]).isCloseTo(x, within(most));
      assertThat(result.y1()[0]).isCloseTo(y, within(most));
    }
  }

  @Test
  void badPixelsAndEdgesAreCountedAndLeftOut() {
    int width = 40;
    float[] image = Planes.constant(width * width, 2);
    int[] mask = new int[image.length];
    image[20 * width + 20] = 1e6f;
    mask[20 * width + 20] = BAD;
    mask[23 * width + 20] = 16;
    mask[24 * width + 20] = 32;
    ApertureParameters parameters =
        new ApertureParameters(new double[] {3}, 0, 0, Level.MEDIAN, 2, 6, 3, BAD);
    ApertureResult result =
        measure(
            image,
            Planes.constant(image.length, 1),
            mask,
            width,
            new double[] {20, -0.5, -50},
            new double[] {20, 10, 10},
            parameters);
    double area = Math.PI * 9;
    assertThat(result.badArea()[0][0]).isCloseTo(1, within(1e-9));
    assertThat(result.flux()[0][0]).isCloseTo(2 * (area - 1), within(1e-6));
    assertThat(result.flags()[0]).isEqualTo(BAD | 16);
    assertThat(result.badArea()[0][1]).isCloseTo(area / 2, within(1e-9));
    assertThat(result.flux()[0][2]).isNaN();
    assertThat(result.badArea()[0][2]).isCloseTo(area, within(1e-9));
    assertThat(result.x1()[2]).isNaN();
  }

  @Test
  void withoutARadiusThereAreNoMoments() {
    ApertureParameters parameters =
        new ApertureParameters(new double[] {2}, 0, 0, Level.MEDIAN, 2, 0, 0, BAD);
    float[] ones = Planes.constant(81, 1);
    double[] middle = {4};
    ApertureResult result = measure(ones, ones, null, 9, middle, middle, parameters);
    assertThat(result.flux()[0][0]).isCloseTo(4 * Math.PI, within(1e-9));
    assertThat(result.x1()[0]).isNaN();
    assertThat(result.x2()[0]).isNaN();
  }

  @Test
  void noPositionsAndEmptyImages() {
    ApertureResult none =
        measure(new float[9], new float[9], null, 3, new double[0], new double[0], PARAMETERS);
    assertThat(none.flux()[0]).isEmpty();
    ApertureResult nothing =
        measure(new float[0], new float[0], null, 0, new double[1], new double[1], PARAMETERS);
    assertThat(nothing.flux()[1][0]).isNaN();
  }

  private ApertureResult measure(
      float[] image,
      float[] variance,
      int[] mask,
      int width,
      double[] x,
      double[] y,
      ApertureParameters parameters) {
    int height = width == 0 ? 0 : image.length / width;
    return backend()
        .aperture()
        .measure(
            backend().fromHost(image.clone(), width, height),
            backend().fromHost(variance.clone(), width, height),
            mask == null ? null : backend().fromHost(mask.clone(), width, height),
            x,
            y,
            parameters);
  }

  /** Adds a Gaussian sampled at pixel centres. */
  private static void gaussian(
      float[] image, int width, double x, double y, double flux, double sx, double sy, double sxy) {
    double determinant = sx * sx * sy * sy - sxy * sxy;
    for (int i = 0; i < image.length; i++) {
      double dx = i % width - x;
      double dy = i / width - y;
      double form = (sy * sy * dx * dx - 2 * sxy * dx * dy + sx * sx * dy * dy) / determinant;
      image[i] += (float) (flux / (2 * Math.PI * Math.sqrt(determinant)) * Math.exp(-0.5 * form));
    }
  }
}
