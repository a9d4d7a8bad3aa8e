package io.github.starlane.core.psf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The PSF that is built from noisy stars of one image, against the one they were made with: the
 * worst of some 1700 points within 5 pixels, as a fraction of the peak.
 */
class PsfBuilderTest {
  private static final int EDGE = 600;

  private static SimulatedCamera camera(SimulatedCamera.Field psf, int stars) {
    return new SimulatedCamera(EDGE, EDGE, psf, 5).grid(stars, 3000, 100000);
  }

  @ParameterizedTest
  @CsvSource({"1.8, 0.02, 0.025", "2.5, 0.02, 0.03", "4.0, 0.03, 0.05", "6.0, 0.05, 0.08"})
  void aConstantPsfIsFoundToWithinTheNoise(double fwhm, double middle, double corner) {
    SimulatedCamera camera = camera((x, y) -> SimulatedCamera.moffat(fwhm, 3, 0.08, 0.06), 90);
    Psf psf = camera.build(SimulatedCamera.SETTINGS);
    assertThat(camera.worst(psf, EDGE / 2.0, EDGE / 2.0, 5)).isLessThan(middle);
    assertThat(camera.worst(psf, 60, 60, 5)).isLessThan(corner);
    assertThat(psf.shape().maxima()).isEqualTo(1);
    assertThat(psf.shape().flags().contains(PsfFlag.UNDERSAMPLED)).isEqualTo(fwhm == 1.8);
    assertThat(psf.shape().flags()).doesNotContain(PsfFlag.ASSUMED, PsfFlag.ELONGATED);
  }

  @Test
  void aVaryingPsfIsFoundEverywhere() {
    SimulatedCamera camera =
        camera((x, y) -> SimulatedCamera.moffat(2.6 + 0.4 * x / EDGE, 3, 0, 0.1 * y / EDGE), 90);
    Psf psf = camera.build(SimulatedCamera.SETTINGS);
    assertThat(camera.worst(psf, 300, 300, 5)).isLessThan(0.025);
    assertThat(camera.worst(psf, 80, 80, 5)).isLessThan(0.035);
    assertThat(camera.worst(psf, 540, 500, 5)).isLessThan(0.035);
  }

  @Test
  void anElongatedPsfIsFoundAndSaidToBe() {
    SimulatedCamera camera = camera((x, y) -> SimulatedCamera.moffat(2.8, 3, 0.3, 0.4), 90);
    Psf psf = camera.build(SimulatedCamera.SETTINGS);
    assertThat(camera.worst(psf, 300, 300, 5)).isLessThan(0.04);
    assertThat(psf.shape().flags()).contains(PsfFlag.ELONGATED).doesNotContain(PsfFlag.DOUBLE);
    assertThat(psf.ellipticity()).isCloseTo(0.45, within(0.07));
    double angle = Math.toDegrees(0.5 * Math.atan2(0.4, 0.3));
    assertThat(psf.angle()).isCloseTo(angle, within(1.0));
    assertThat(psf.shape().gaussianAngle()).isCloseTo(angle, within(1.0));
    assertThat(psf.shape().gaussianMajor() / psf.shape().gaussianMinor())
        .isCloseTo(1.87, within(0.1));
  }

  @Test
  void aDoublePsfIsFoundAndSaidToBe() {
    SimulatedCamera camera = camera((x, y) -> SimulatedCamera.doubled(2.2, 3.2, 2.4), 90);
    Psf psf = camera.build(SimulatedCamera.SETTINGS);
    assertThat(camera.worst(psf, 300, 300, 5)).isLessThan(0.05);
    assertThat(psf.shape().flags()).contains(PsfFlag.DOUBLE).doesNotContain(PsfFlag.DONUT);
    assertThat(psf.shape().maxima()).isEqualTo(2);
    assertThat(psf.shape().peakDistance()).isCloseTo(3.8, within(0.3));
    assertThat(psf.shape().peakRatio()).isGreaterThan(0.9);
  }

  @ParameterizedTest
  @CsvSource({"6, 0.08", "8, 0.12", "10, 0.2"})
  void aRingIsFoundAndSaidToBe(double radius, double worst) {
    SimulatedCamera.Profile ring = SimulatedCamera.donut(radius, 3);
    SimulatedCamera camera =
        new SimulatedCamera(900, 900, (x, y) -> ring, 5).grid(50, 30000, 300000);
    Psf psf = camera.build(SimulatedCamera.SETTINGS);
    assertThat(psf.stars()).isGreaterThan(20);
    assertThat(camera.worst(psf, 450, 450, radius + 4)).isLessThan(worst);
    assertThat(psf.shape().flags()).contains(PsfFlag.DONUT).doesNotContain(PsfFlag.DOUBLE);
    assertThat(psf.fwhm()).isCloseTo(2 * radius + 3, within(0.8));
  }

  @Test
  void fluxesAreTotalOnes() {
    SimulatedCamera camera = camera((x, y) -> SimulatedCamera.moffat(2.5, 3, 0, 0), 90);
    Psf psf = camera.build(SimulatedCamera.SETTINGS);
    PsfGrid grid = PsfField.grid(psf.model(), 300, 300);
    SimulatedCamera.Profile truth = SimulatedCamera.moffat(2.5, 3, 0, 0);
    double inside = 0;
    for (int k = 0; k < grid.values.length; k++) {
      inside += truth.pixel(grid.offset(k % grid.size), grid.offset(k / grid.size)) / 16;
    }
    assertThat(inside).isLessThan(0.9992);
    assertThat(grid.sum()).isCloseTo(inside, within(5e-4));
    assertThat(psf.sumOfSquares()).isCloseTo(sumOfSquares(2.5), within(0.01 * sumOfSquares(2.5)));
  }

  private static double sumOfSquares(double fwhm) {
    SimulatedCamera.Profile truth = SimulatedCamera.moffat(fwhm, 3, 0, 0);
    double squares = 0;
    for (int j = -10; j <= 10; j++) {
      for (int i = -10; i <= 10; i++) {
        squares += Math.pow(truth.pixel(i, j), 2);
      }
    }
    return squares;
  }

  @Test
  void fewStarsAreFlaggedAndGiveASmoothModel() {
    SimulatedCamera camera = camera((x, y) -> SimulatedCamera.moffat(2.5, 3, 0, 0), 16);
    Psf psf = camera.build(SimulatedCamera.SETTINGS);
    assertThat(psf.stars()).isBetween(8, 20);
    assertThat(psf.model().degree()).isZero();
    assertThat(psf.shape().flags()).contains(PsfFlag.FEW_STARS);
    assertThat(camera.worst(psf, 300, 300, 5)).isLessThan(0.03);
  }

  @Test
  void withoutEnoughStarsAProfileIsAssumedAndNoneCounts() {
    SimulatedCamera camera = camera((x, y) -> SimulatedCamera.moffat(3.3, 3, 0, 0), 1);
    Psf one = camera.build(SimulatedCamera.SETTINGS);
    assertThat(one.stars()).isZero();
    assertThat(one.shape().flags()).contains(PsfFlag.ASSUMED);
    assertThat(one.fwhm()).as("from the star's moments").isCloseTo(3.4, within(0.4));
    Psf none = new PsfBuilder(SimulatedCamera.SETTINGS).build(List.of(), 100, 100, 1);
    assertThat(none.stars()).isZero();
    assertThat(none.fwhm()).isCloseTo(2.6, within(0.1));
    assertThat(PsfField.grid(none.model(), 10, 90).sum()).isBetween(0.98, 1.0);
  }

  @Test
  void aStarThatIsNoStarIsLeftOut() {
    SimulatedCamera camera = camera((x, y) -> SimulatedCamera.moffat(2.5, 3, 0, 0), 90);
    PsfStars clean = camera.select(SimulatedCamera.SETTINGS, 0, 0, EDGE, EDGE);
    PsfStars dirty = camera.select(SimulatedCamera.SETTINGS, 0, 0, EDGE, EDGE);
    int stamp = dirty.size() * dirty.size();
    for (int s = 0; s < 72; s += 9) {
      // A second star of the same brightness, 3 pixels to the right.
      for (int k = stamp - 1; k >= 3; k--) {
        dirty.pixels()[s * stamp + k] += dirty.pixels()[s * stamp + k - 3];
      }
    }
    PsfBuilder builder = new PsfBuilder(SimulatedCamera.SETTINGS);
    Psf before = builder.build(List.of(clean), EDGE, EDGE, 1);
    Psf after = builder.build(List.of(dirty), EDGE, EDGE, 1);
    assertThat(after.stars()).isBetween(before.stars() - 9, before.stars() - 7);
    assertThat(camera.worst(after, 300, 300, 5))
        .isLessThan(camera.worst(before, 300, 300, 5) + 0.01);
  }

  @Test
  void theSameStarsGiveTheSameBitsOnAnyNumberOfThreads() {
    SimulatedCamera camera = camera((x, y) -> SimulatedCamera.moffat(2.5, 3, 0, 0), 40);
    List<PsfStars> stars = List.of(camera.select(SimulatedCamera.SETTINGS, 0, 0, EDGE, EDGE));
    Psf alone = new PsfBuilder(SimulatedCamera.SETTINGS).build(stars, EDGE, EDGE, 1);
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        Psf shared = new PsfBuilder(SimulatedCamera.SETTINGS, workers).build(stars, EDGE, EDGE, 1);
        assertThat(shared.model().basis()).isEqualTo(alone.model().basis());
      }
    }
  }
}
