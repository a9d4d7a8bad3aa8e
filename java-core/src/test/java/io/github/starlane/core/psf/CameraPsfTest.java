package io.github.starlane.core.psf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.testdata.CramerRaoBound;
import io.github.starlane.testdata.Ellipse;
import io.github.starlane.testdata.Moffat;
import io.github.starlane.testdata.PointSpreadFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One PSF for a camera of four overlapping crops with some 400 stars. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CameraPsfTest {
  private static final int EDGE = 1200;
  private static final int CROP = 650;
  private static final int SECOND = EDGE - CROP;
  private static final PsfSettings SETTINGS = new PsfSettings(4, 3, 30, 5000, 150, 8, 4, 4);

  private SimulatedCamera linear;
  private SimulatedCamera quadratic;
  private Psf linearPsf;
  private Psf quadraticPsf;

  private static PointSpreadFunction linearTruth(double x, double y) {
    return new Moffat(2.6 + 0.4 * x / EDGE, 3, Ellipse.ofEllipticity(0.05, 0.1 * y / EDGE));
  }

  private static PointSpreadFunction quadraticTruth(double x, double y) {
    double u = x / EDGE - 0.5;
    double v = y / EDGE - 0.4;
    return new Moffat(2.5 + 0.8 * (u * u + v * v), 3, Ellipse.ofEllipticity(0.2 * u * v, 0.05));
  }

  @BeforeAll
  void build() {
    linear = new SimulatedCamera(EDGE, EDGE, (x, y) -> linearTruth(x, y)::pixel, 5);
    quadratic = new SimulatedCamera(EDGE, EDGE, (x, y) -> quadraticTruth(x, y)::pixel, 6);
    linearPsf = build(linear.grid(440, 3000, 100000));
    quadraticPsf = build(quadratic.grid(440, 3000, 100000));
  }

  private static Psf build(SimulatedCamera camera) {
    List<PsfStars> parts = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      parts.add(camera.select(SETTINGS, k % 2 * SECOND, k / 2 * SECOND, CROP, CROP));
    }
    return new PsfBuilder(SETTINGS).build(parts, EDGE, EDGE, 1);
  }

  @Test
  void allCropsContribute() {
    assertThat(linearPsf.stars()).isGreaterThan(390);
    assertThat(linearPsf.model().degree()).isEqualTo(3);
  }

  /** Peak to peak over the field of the mean flux bias of 8 noiseless stars [mmag]. */
  private static double[] fluxBias(SimulatedCamera camera, Psf psf) {
    int n = 7;
    int perPlace = 8;
    RandomGenerator random = new SplittableRandom(11);
    double[] x = new double[n * n * perPlace];
    double[] y = new double[x.length];
    for (int k = 0; k < x.length; k++) {
      int place = k / perPlace;
      x[k] = 20 + (EDGE - 40.0) * (place % n) / (n - 1) + random.nextDouble(-1, 1);
      y[k] = 20 + (EDGE - 40.0) * (place / n) / (n - 1) + random.nextDouble(-1, 1);
    }
    // Flux of S/N 1000 in this sky.
    double[] ratios = camera.fluxRatios(psf.model(), x, y, 1.1e6, 2.8);
    double[] means = new double[n * n];
    for (int k = 0; k < x.length; k++) {
      means[k / perPlace] += 2500 * Math.log10(ratios[k]) / perPlace;
    }
    double low = Arrays.stream(means).min().orElseThrow();
    double high = Arrays.stream(means).max().orElseThrow();
    return new double[] {high - low, Arrays.stream(means).average().orElseThrow()};
  }

  @Test
  void brightStarsHaveTheSameZeroPointOverTheField() {
    assertThat(fluxBias(linear, linearPsf)[0]).isLessThan(2);
    assertThat(fluxBias(quadratic, quadraticPsf)[0]).isLessThan(2);
    assertThat(fluxBias(linear, linearPsf)[1]).isCloseTo(0, within(3.0));
    assertThat(fluxBias(quadratic, quadraticPsf)[1]).isCloseTo(0, within(3.0));
  }

  /** Scatter of fluxes of other noisy stars in units of the Cramér–Rao bound. */
  private static double scatter(
      SimulatedCamera camera, Psf psf, PointSpreadFunctions truth, double flux) {
    int n = 1600;
    RandomGenerator random = new SplittableRandom(23);
    double[] x = new double[n];
    double[] y = new double[n];
    double[] bound = new double[n];
    for (int k = 0; k < n; k++) {
      x[k] = random.nextDouble(20, EDGE - 20);
      y[k] = random.nextDouble(20, EDGE - 20);
      double sky = SimulatedCamera.SKY_NOISE * SimulatedCamera.SKY_NOISE;
      bound[k] =
          CramerRaoBound.of(
                  truth.at(x[k], y[k]), flux, x[k], y[k], new CramerRaoBound.Noise(0, sky, 1))
              .flux();
    }
    double[] ratios = camera.noisyFluxRatios(psf.model(), x, y, flux, 2.8);
    double mean = Arrays.stream(ratios).average().orElseThrow();
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += Math.pow((ratios[k] - mean) * flux / bound[k], 2);
    }
    return Math.sqrt(sum / n);
  }

  private interface PointSpreadFunctions {
    PointSpreadFunction at(double x, double y);
  }

  @Test
  void fluxesScatterAsLittleAsPossible() {
    // S/N 30, 200 and 500. 1600 stars: a scatter is known to 1.8 %.
    for (double flux : new double[] {2.2e3, 4.7e4, 2.6e5}) {
      assertThat(scatter(linear, linearPsf, CameraPsfTest::linearTruth, flux)).isLessThan(1.05);
      assertThat(scatter(quadratic, quadraticPsf, CameraPsfTest::quadraticTruth, flux))
          .isLessThan(1.05);
    }
  }

  @Test
  void aStarHasTheSameFluxInBothCropsThatHoldIt() {
    Psf left = linearPsf.at(0, 0, CROP, CROP);
    Psf right = linearPsf.at(SECOND, SECOND, CROP, CROP);
    double[] x = {560.3, 600.8, 640.1};
    double[] y = {570.2, 601.4, 645.7};
    double[] shifted = Arrays.stream(x).map(v -> v - SECOND).toArray();
    double[] shiftedY = Arrays.stream(y).map(v -> v - SECOND).toArray();
    double[] inCamera = linear.fluxRatios(linearPsf.model(), x, y, 1e5, 2.8);
    double[] inLeft = linear.fluxRatios(left.model(), x, y, 1e5, 2.8);
    double[] inRight =
        linear.shifted(SECOND, SECOND).fluxRatios(right.model(), shifted, shiftedY, 1e5, 2.8);
    for (int k = 0; k < x.length; k++) {
      // S/N 320: a tenth of σ is 3e-4.
      assertThat(inLeft[k]).isCloseTo(inCamera[k], within(1e-5));
      assertThat(inRight[k]).isCloseTo(inCamera[k], within(1e-5));
    }
  }

  @Test
  void theShapeIsThatOfTheCropsMiddle() {
    Psf left = linearPsf.at(0, 0, CROP, CROP);
    Psf right = linearPsf.at(SECOND, 0, CROP, CROP);
    double slope = 0.4 * SECOND / EDGE;
    assertThat(right.fwhm() - left.fwhm()).isCloseTo(slope, within(0.04));
    assertThat(right.stars()).isEqualTo(linearPsf.stars());
    double middle = (CROP - 1) / 2.0;
    int radius = 5;
    float[] template = right.template(radius).values();
    PsfGrid here = PsfField.grid(linearPsf.model(), SECOND + middle, middle);
    assertThat((double) template[60]).isCloseTo(here.centre(), within(1e-6));
    assertThat(right.peak()).isCloseTo(here.centre(), within(1e-6));
  }
}
