package io.github.starlane.kernels.psffit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.Moffat;
import io.github.starlane.kernels.Planes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Isolated stars against the Cramér–Rao bound, from faint to bright and from undersampled to broad.
 *
 * <p>The truth is a Moffat profile that is integrated over the pixels by code of its own, at the
 * sub-pixel positions of a 10 × 10 grid; each position has 100 realisations of the noise. The bound
 * is that of the same box of pixels.
 */
class PsfFitCramerRaoTest {

  private static final double MILLIMAGNITUDE = Math.log(10) / 2500;

  /** Sub-pixel positions along each axis. */
  private static final int PHASES = 10;

  /** Stars at each of them. */
  private static final int REALISATIONS = 100;

  @ParameterizedTest
  @MethodSource("cells")
  void isolatedStarsReachTheBound(double fwhm, double signalToNoise) {
    Cell cell = new Cell(fwhm, signalToNoise, 300, new SimdPsfFit());

    assertThat(Planes.rms(cell.fluxOverBound)).as("flux / bound").isBetween(0.97, 1.03);
    assertThat(Planes.rms(cell.fluxPull)).as("flux pull").isBetween(0.97, 1.03);
    // The scatter of a maximum-likelihood position exceeds the bound by a factor 1 + c / (S/N)²,
    // c = 2 for a Gaussian and about 3.5 for these profiles, and so do its pulls.
    double most = signalToNoise >= 30 ? 1.03 : signalToNoise >= 10 ? 1.04 : 1.15;
    assertThat(Planes.rms(cell.xOverBound)).as("x / bound").isBetween(0.97, most);
    assertThat(Planes.rms(cell.xPull)).as("x pull").isBetween(0.97, most);
    cell.requireNoBias(signalToNoise >= 10 ? 1 : 3.5);
  }

  @ParameterizedTest
  @CsvSource({"2.5, 10", "2.5, 30", "4, 10"})
  void ownNoiseOfTheStarDoesNotBiasTheFlux(double fwhm, double signalToNoise) {
    Cell cell = new Cell(fwhm, signalToNoise, 3, new SimdPsfFit());

    assertThat(Planes.rms(cell.fluxOverBound)).as("flux / bound").isBetween(0.97, 1.03);
    cell.requireNoBias(1);
  }

  @ParameterizedTest
  @CsvSource({"1.8, 1", "1.8, Infinity", "2.5, 1", "2.5, Infinity", "6, 1", "6, Infinity"})
  void noPhaseIsBiased(double fwhm, double gain) {
    Cell cell = new Cell(fwhm, 1e5, 300, null);
    for (int phase = 0; phase < PHASES * PHASES; phase++) {
      double[] error = cell.errorWithoutNoise(new SimdPsfFit(), phase, gain);
      assertThat(Math.abs(error[0])).as("flux at phase " + phase).isLessThan(MILLIMAGNITUDE);
      assertThat(Math.abs(error[1])).as("x at phase " + phase).isLessThan(0.002);
    }
  }

  static Stream<Arguments> cells() {
    List<Arguments> cells = new ArrayList<>();
    for (double fwhm : new double[] {1.8, 2.5, 4, 6}) {
      for (double signalToNoise : new double[] {5, 10, 30, 100, 300, 1000}) {
        cells.add(Arguments.of(fwhm, signalToNoise));
      }
    }
    return cells.stream();
  }

  /** Stars of one brightness and one width, fitted. */
  private static final class Cell {
    final double fwhm;
    final double signalToNoise;
    final double flux;
    final double sky;
    final int radius;
    final int pitch;
    final Moffat moffat;
    final double[] fluxOverBound;
    final double[] xOverBound;
    final double[] fluxPull;
    final double[] xPull;
    final double[] free;
    final double[] forced;

    /** With no kernel nothing is fitted. */
    Cell(double fwhm, double signalToNoise, double sky, PsfFit kernel) {
      this.fwhm = fwhm;
      this.signalToNoise = signalToNoise;
      this.sky = sky;
      radius = Math.max(4, (int) Math.ceil(2.2 * fwhm));
      pitch = 2 * radius + 5;
      moffat = new Moffat(fwhm, 3);
      flux = fluxAtSignalToNoise();
      int n = PHASES * PHASES * REALISATIONS;
      fluxOverBound = new double[n];
      xOverBound = new double[n];
      fluxPull = new double[n];
      xPull = new double[n];
      free = new double[n];
      forced = new double[n];
      if (kernel != null) {
        fitAll(kernel);
      }
    }

    private void fitAll(PsfFit kernel) {
      PsfModel psf = PsfModels.constant(moffat, radius + 4, 4);
      SplittableRandom random = new SplittableRandom(Math.round(1000 * signalToNoise + 10 * fwhm));
      for (int phase = 0; phase < PHASES * PHASES; phase++) {
        fitPhase(kernel, psf, phase, random);
      }
    }

    private void fitPhase(PsfFit kernel, PsfModel psf, int phase, SplittableRandom random) {
      double dx = phaseOf(phase % PHASES);
      double dy = phaseOf(phase / PHASES);
      float[] star = star(dx, dy);
      int width = pitch * REALISATIONS;
      float[] pixels = new float[width * pitch];
      Stars truth = stars();
      Stars guesses = stars();
      for (int k = 0; k < REALISATIONS; k++) {
        for (int i = 0; i < star.length; i++) {
          pixels[i / pitch * width + k * pitch + i % pitch] =
              (float) (electrons(sky + star[i], random) - sky);
        }
        truth.x()[k] = k * pitch + pitch / 2 + dx;
        truth.y()[k] = pitch / 2 + dy;
        guesses.x()[k] = k * pitch + pitch / 2 + clamp(dx + 0.1 * random.nextGaussian());
        guesses.y()[k] = pitch / 2 + clamp(dy + 0.1 * random.nextGaussian());
      }
      HostPlane image = new HostPlane(pixels, width, pitch);
      HostPlane variance = new HostPlane(Planes.constant(pixels.length, sky), width, pitch);
      PsfFitResult fit = kernel.fit(image, variance, null, psf, guesses, parameters(true, 1));
      PsfFitResult held = kernel.fit(image, variance, null, psf, truth, parameters(false, 1));
      double[] bound = bound(dx, dy, flux);
      for (int k = 0; k < REALISATIONS; k++) {
        int at = phase * REALISATIONS + k;
        double shift = fit.x()[k] - truth.x()[k];
        free[at] = fit.flux()[k] / flux - 1;
        forced[at] = held.flux()[k] / flux - 1;
        fluxOverBound[at] = (fit.flux()[k] - flux) / bound[0];
        xOverBound[at] = shift / bound[1];
        fluxPull[at] = (fit.flux()[k] - flux) / fit.fluxError()[k];
        xPull[at] = shift / fit.xError()[k];
      }
    }

    private static double phaseOf(int k) {
      return (k + 0.5) / PHASES - 0.5;
    }

    private static Stars stars() {
      return new Stars(
          new double[REALISATIONS], new double[REALISATIONS], new double[REALISATIONS]);
    }

    /** The star's image without noise, near the middle of a square of {@code pitch}. */
    private float[] star(double dx, double dy) {
      return Planes.of(
          pitch, pitch, (i, j) -> flux * moffat.pixel(i - pitch / 2 - dx, j - pitch / 2 - dy));
    }

    /** Relative error of the flux and error of the column [pixel] of a fit to noise-free data. */
    double[] errorWithoutNoise(PsfFit kernel, int phase, double gain) {
      double dx = phaseOf(phase % PHASES);
      double dy = phaseOf(phase / PHASES);
      Stars guess = new Stars(new double[1], new double[1], new double[1]);
      guess.x()[0] = pitch / 2;
      guess.y()[0] = pitch / 2;
      PsfFitResult fit =
          kernel.fit(
              new HostPlane(star(dx, dy), pitch, pitch),
              new HostPlane(Planes.constant(pitch * pitch, sky), pitch, pitch),
              null,
              PsfModels.constant(moffat, radius + 4, 4),
              guess,
              parameters(true, gain));
      return new double[] {fit.flux()[0] / flux - 1, fit.x()[0] - pitch / 2 - dx};
    }

    /**
     * Fluxes with free and with held positions have the same mean within so many millimagnitudes:
     * held ones are linear in the data, and far less scatter is left in the difference. Fluxes and
     * positions themselves have no bias either, as far as their scatter lets one see.
     */
    void requireNoBias(double millimagnitudes) {
      double[] difference = free.clone();
      for (int i = 0; i < difference.length; i++) {
        difference[i] -= forced[i];
      }
      assertThat(Math.abs(Planes.mean(difference)))
          .as("flux bias")
          .isLessThan(millimagnitudes * MILLIMAGNITUDE);
      double threeSigma = 3 / Math.sqrt(free.length);
      assertThat(Math.abs(Planes.mean(forced))).isLessThan(threeSigma * Planes.rms(forced));
      assertThat(Math.abs(Planes.mean(xOverBound))).isLessThan(threeSigma * Planes.rms(xOverBound));
    }

    /** Keeps the first guess in the star's own pixel, so that the box is that of the bound. */
    private static double clamp(double offset) {
      return Math.clamp(offset, -0.499, 0.499);
    }

    private PsfFitParameters parameters(boolean fitPosition, double gain) {
      double shift = Math.max(1.5, 0.7 * fwhm);
      return new PsfFitParameters(radius, fitPosition, false, 0, 1, 30, 0.5, shift, 1e-3, gain, 0);
    }

    /** Poisson noise; of many electrons, Gaussian. */
    private static double electrons(double mean, SplittableRandom random) {
      if (mean > 200) {
        return mean + Math.sqrt(mean) * random.nextGaussian();
      }
      double limit = Math.exp(-mean);
      double product = random.nextDouble();
      int n = 0;
      while (product > limit) {
        product *= random.nextDouble();
        n++;
      }
      return n;
    }

    private double fluxAtSignalToNoise() {
      double f = signalToNoise;
      for (int round = 0; round < 60; round++) {
        f = signalToNoise * bound(0, 0, f)[0];
      }
      return f;
    }

    /** Cramér–Rao bounds of flux and column over the box. */
    private double[] bound(double dx, double dy, double f) {
      double[] fisher = new double[9];
      double h = 1e-4;
      for (int j = -radius; j <= radius; j++) {
        for (int i = -radius; i <= radius; i++) {
          double p = moffat.pixel(i - dx, j - dy);
          double[] slope = {
            p,
            f * (moffat.pixel(i - dx - h, j - dy) - moffat.pixel(i - dx + h, j - dy)) / (2 * h),
            f * (moffat.pixel(i - dx, j - dy - h) - moffat.pixel(i - dx, j - dy + h)) / (2 * h)
          };
          for (int a = 0; a < 9; a++) {
            fisher[a] += slope[a / 3] * slope[a % 3] / (sky + f * p);
          }
        }
      }
      SymmetricSolver solver = new SymmetricSolver();
      solver.factorise(fisher, 3);
      double[] diagonal = new double[3];
      solver.inverseDiagonal(diagonal, new double[3]);
      return new double[] {Math.sqrt(diagonal[0]), Math.sqrt(diagonal[1])};
    }
  }
}
