package io.github.starlane.kernels.psffit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.Moffat;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The interpolated PSF and its derivatives against the profile they stand for. */
class PsfInterpolationTest {

  @ParameterizedTest
  @CsvSource({"1.8, 4", "2.0, 4", "2.5, 4", "4.0, 4", "2.5, 3"})
  void interpolationErrorIsBelowTwoTenThousandthsOfThePeak(double fwhm, int oversampling) {
    Moffat moffat = new Moffat(fwhm, 3);
    PsfModel psf = PsfModels.constant(moffat, 8, oversampling);
    SplittableRandom random = new SplittableRandom(5);
    double worst = 0;
    for (int k = 0; k < 40; k++) {
      double x = 10 + random.nextDouble() - 0.5;
      double y = 10 + random.nextDouble() - 0.5;
      float[] drawn = new float[21 * 21];
      new ScalarPsfFit().addStars(new HostPlane(drawn, 21, 21), psf, one(x, y, 1), 1, 8);
      for (int j = 5; j < 16; j++) {
        for (int i = 5; i < 16; i++) {
          worst = Math.max(worst, Math.abs(drawn[j * 21 + i] - moffat.pixel(i - x, j - y)));
        }
      }
    }
    assertThat(worst / moffat.pixel(0, 0)).isLessThan(oversampling == 4 ? 2e-4 : 4e-4);
  }

  @Test
  void derivativesAreThoseOfTheInterpolant() {
    PsfModel psf = PsfModels.constant(new Moffat(2.2, 3), 8, 4);
    PsfSampler sampler = new ScalarPsfSampler(new SplineBasis(psf));
    sampler.place(10, 10);
    double h = 1e-5;
    Stamp at = sampled(sampler, 10.13, 9.71);
    Stamp right = sampled(sampler, 10.13 + h, 9.71);
    Stamp left = sampled(sampler, 10.13 - h, 9.71);
    Stamp above = sampled(sampler, 10.13, 9.71 + h);
    Stamp below = sampled(sampler, 10.13, 9.71 - h);
    for (int i = 0; i < 21 * 21; i++) {
      assertThat((right.value[i] - left.value[i]) / (2 * h)).isCloseTo(at.byX[i], within(1e-8));
      assertThat((above.value[i] - below.value[i]) / (2 * h)).isCloseTo(at.byY[i], within(1e-8));
    }
    assertThat(Arrays.stream(at.byX).map(Math::abs).max().orElse(0)).isGreaterThan(0.01);
  }

  private static Stamp sampled(PsfSampler sampler, double x, double y) {
    Stamp stamp = new Stamp();
    stamp.reshape(0, 0, 21, 21, 1);
    sampler.sample(x, y, stamp, true);
    return stamp;
  }

  private static Stars one(double x, double y, double flux) {
    return new Stars(new double[] {x}, new double[] {y}, new double[] {flux});
  }
}
