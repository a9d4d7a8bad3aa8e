package io.github.starlane.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CramerRaoBoundTest {
  private static final int REALISATIONS = 2500;
  private static final int RADIUS = 12;
  private static final double READ_NOISE = 3.5;

  /**
   * Draws a star again and again, fits it by maximum likelihood (Fisher scoring for counts whose
   * variance is the model plus read noise squared) and compares the scatter with the bound.
   */
  @ParameterizedTest
  @CsvSource({"3000, 200, 1.0", "60000, 200, 0.9", "900, 4, 0.6"})
  void scatterOfMaximumLikelihoodFitsReachesTheBound(double flux, double sky, double response) {
    PointSpreadFunction psf = new Moffat(2.6, 3, Ellipse.ofEllipticity(0.1, 0.05));
    double x = 0.31;
    double y = -0.22;
    CounterRandom random = CounterRandom.of(99, (long) flux);
    double[] sums = new double[6];
    for (int i = 0; i < REALISATIONS; i++) {
      double[][] counts = draw(psf, flux, x, y, sky, response, random);
      double[] fit = fit(psf, counts, new double[] {flux, x, y}, sky, response);
      double[] error = {fit[0] - flux, fit[1] - x, fit[2] - y};
      for (int k = 0; k < 3; k++) {
        sums[k] += error[k] / REALISATIONS;
        sums[3 + k] += error[k] * error[k] / REALISATIONS;
      }
    }
    CramerRaoBound bound =
        CramerRaoBound.of(
            psf, flux, x, y, new CramerRaoBound.Noise(sky, READ_NOISE * READ_NOISE, response));
    double[] expected = {bound.flux(), bound.x(), bound.y()};
    for (int k = 0; k < 3; k++) {
      double scatter = Math.sqrt(sums[3 + k] - sums[k] * sums[k]);
      assertThat(scatter / expected[k]).as("parameter %d", k).isCloseTo(1, within(0.05));
    }
  }

  @Test
  void faintStarsFollowTheNoiseEquivalentArea() {
    // Background-limited: sigma(flux)^2 = V / sum(P^2), sigma(x)^2 = V / (F^2 sum((dP/dx)^2)).
    PointSpreadFunction psf = new Gaussian(4, Ellipse.ROUND);
    double variance = 1e8;
    CramerRaoBound bound =
        CramerRaoBound.of(psf, 1, 0, 0, new CramerRaoBound.Noise(0, variance, 1));
    double sigma = 4 / Math.sqrt(8 * Math.log(2));
    // A pixel widens the Gaussian by its own variance, to second order.
    double wide = Math.sqrt(sigma * sigma + 1.0 / 12);
    assertThat(bound.flux())
        .isCloseTo(Math.sqrt(variance * 4 * Math.PI) * wide, within(0.005 * bound.flux()));
    double expected = Math.sqrt(variance * 8 * Math.PI) * wide * wide;
    assertThat(bound.x()).isCloseTo(expected, within(0.01 * expected));
    assertThat(bound.y()).isCloseTo(bound.x(), within(1e-9 * expected));
  }

  private static double[][] draw(
      PointSpreadFunction psf,
      double flux,
      double x,
      double y,
      double sky,
      double response,
      CounterRandom random) {
    double[][] counts = new double[2 * RADIUS + 1][2 * RADIUS + 1];
    for (int j = -RADIUS; j <= RADIUS; j++) {
      for (int i = -RADIUS; i <= RADIUS; i++) {
        double mean = response * (flux * psf.pixel(i - x, j - y) + sky);
        counts[j + RADIUS][i + RADIUS] = random.electrons(mean, READ_NOISE);
      }
    }
    return counts;
  }

  private static double[] fit(
      PointSpreadFunction psf, double[][] counts, double[] start, double sky, double response) {
    double[] theta = start.clone();
    double[] pixel = new double[3];
    for (int step = 0; step < 6; step++) {
      double[][] a = new double[3][4];
      for (int j = -RADIUS; j <= RADIUS; j++) {
        for (int i = -RADIUS; i <= RADIUS; i++) {
          psf.pixelWithGradient(i - theta[1], j - theta[2], pixel);
          double model = response * (theta[0] * pixel[0] + sky);
          double weight = 1 / (model + READ_NOISE * READ_NOISE);
          double residual = counts[j + RADIUS][i + RADIUS] - model;
          double[] slope = {
            response * pixel[0], response * theta[0] * pixel[1], response * theta[0] * pixel[2]
          };
          for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
              a[r][c] += weight * slope[r] * slope[c];
            }
            a[r][3] += weight * slope[r] * residual;
          }
        }
      }
      double[] change = solve(a);
      for (int k = 0; k < 3; k++) {
        theta[k] += change[k];
      }
    }
    return theta;
  }

  /** Gauss–Jordan elimination of a positive definite 3 × 3 system with its right-hand side. */
  private static double[] solve(double[][] a) {
    for (int p = 0; p < 3; p++) {
      for (int r = 0; r < 3; r++) {
        if (r != p) {
          double factor = a[r][p] / a[p][p];
          for (int c = p; c < 4; c++) {
            a[r][c] -= factor * a[p][c];
          }
        }
      }
    }
    return new double[] {a[0][3] / a[0][0], a[1][3] / a[1][1], a[2][3] / a[2][2]};
  }
}
