package io.github.starlane.kernels.psffit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.Moffat;
import io.github.starlane.kernels.Planes;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fit against the truth: simulated stars, the Cramér–Rao bound, blends. */
class PsfFitAccuracyTest {

  private static final double SKY = 300;
  private static final int CELL = 19;

  private static final PsfFitParameters PARAMETERS =
      new PsfFitParameters(6, true, false, 0, 1, 20, 0.5, 1.5, 1e-3, 1, 0);

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
    sampler.place(10, 10, 11);
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

  @ParameterizedTest
  @CsvSource({"10, 2.0", "30, 2.0", "100, 2.5", "500, 2.0", "30, 4.0", "500, 4.0"})
  void isolatedStarsReachTheCramerRaoBound(double signalToNoise, double fwhm) {
    int stars = 2500;
    Moffat moffat = new Moffat(fwhm, 3);
    PsfModel psf = PsfModels.constant(moffat, 9, 4);
    double flux = fluxAt(signalToNoise, moffat);
    SplittableRandom random = new SplittableRandom(Math.round(1000 * signalToNoise + fwhm));
    double[][] truth = new double[2][stars];
    int width = 50 * CELL;
    float[] pixels = new float[width * (stars / 50) * CELL];
    float[] variance = Planes.constant(pixels.length, SKY);
    Stars guesses = new Stars(new double[stars], new double[stars], new double[stars]);
    for (int k = 0; k < stars; k++) {
      truth[0][k] = k % 50 * CELL + 9 + random.nextDouble() - 0.5;
      truth[1][k] = k / 50 * CELL + 9 + random.nextDouble() - 0.5;
      moffat.add(pixels, width, truth[0][k], truth[1][k], flux, 9);
      guesses.x()[k] = truth[0][k] + 0.2 * random.nextGaussian();
      guesses.y()[k] = truth[1][k] + 0.2 * random.nextGaussian();
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] += (float) (Math.sqrt(SKY + pixels[i]) * random.nextGaussian());
    }
    PsfFitResult fit =
        new ScalarPsfFit()
            .fit(plane(pixels, width), plane(variance, width), null, psf, guesses, PARAMETERS);

    double[] fluxPull = new double[stars];
    double[] xPull = new double[stars];
    double[] xOverBound = new double[stars];
    double[] fluxOverBound = new double[stars];
    for (int k = 0; k < stars; k++) {
      double[] bound =
          bound(moffat, flux, truth[0][k], truth[1][k], guesses.x()[k], guesses.y()[k]);
      fluxPull[k] = (fit.flux()[k] - flux) / fit.fluxError()[k];
      xPull[k] = (fit.x()[k] - truth[0][k]) / fit.xError()[k];
      fluxOverBound[k] = (fit.flux()[k] - flux) / bound[0];
      xOverBound[k] = (fit.x()[k] - truth[0][k]) / bound[1];
    }
    // At most 1.03 and pulls of 0.97 to 1.03, give or take the Monte Carlo error of 1.4 %.
    assertThat(Planes.rms(fluxOverBound)).isBetween(0.95, 1.045);
    assertThat(Planes.rms(xOverBound)).isBetween(0.95, 1.045);
    assertThat(Planes.rms(fluxPull)).isBetween(0.955, 1.045);
    assertThat(Planes.rms(xPull)).isBetween(0.955, 1.045);
    // A free position lets noise lift the flux by about σ² / flux; the Monte Carlo error is 0.02.
    assertThat(Planes.mean(fluxOverBound)).isCloseTo(1 / signalToNoise, within(0.06));
    assertThat(Planes.mean(xOverBound)).isCloseTo(0, within(0.06));
  }

  private static double fluxAt(double signalToNoise, Moffat moffat) {
    double flux = 1;
    for (int round = 0; round < 100; round++) {
      flux = signalToNoise * bound(moffat, flux, 0, 0, 0, 0)[0];
    }
    return flux;
  }

  /** Cramér–Rao bounds of flux and column from the true profile over the fitted box. */
  private static double[] bound(
      Moffat moffat, double flux, double x, double y, double guessX, double guessY) {
    double[][] fisher = new double[3][3];
    double h = 1e-4;
    for (int j = -6; j <= 6; j++) {
      for (int i = -6; i <= 6; i++) {
        double dx = Math.round(guessX) + i - x;
        double dy = Math.round(guessY) + j - y;
        double p = moffat.pixel(dx, dy);
        double[] slope = {
          p,
          flux * (moffat.pixel(dx - h, dy) - moffat.pixel(dx + h, dy)) / (2 * h),
          flux * (moffat.pixel(dx, dy - h) - moffat.pixel(dx, dy + h)) / (2 * h)
        };
        for (int a = 0; a < 3; a++) {
          for (int b = 0; b < 3; b++) {
            fisher[a][b] += slope[a] * slope[b] / (SKY + flux * p);
          }
        }
      }
    }
    // At the star's centre the off-diagonal elements nearly vanish; keep them all the same.
    SymmetricSolver solver = new SymmetricSolver();
    double[] flat = new double[9];
    for (int a = 0; a < 9; a++) {
      flat[a] = fisher[a / 3][a % 3];
    }
    solver.factorise(flat, 3);
    double[] diagonal = new double[3];
    solver.inverseDiagonal(diagonal, new double[3]);
    return new double[] {Math.sqrt(diagonal[0]), Math.sqrt(diagonal[1])};
  }

  private static HostPlane plane(float[] pixels, int width) {
    return new HostPlane(pixels, width, pixels.length / width);
  }

  private static Stars one(double x, double y, double flux) {
    return new Stars(new double[] {x}, new double[] {y}, new double[] {flux});
  }
}
