package io.github.starlane.kernels.background;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.Moffat;
import io.github.starlane.kernels.Planes;
import io.github.starlane.kernels.background.BackgroundParameters.Estimator;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much the stars of a rich field lift the background. */
class CrowdedFieldTest {

  private static final int EDGE = 1716;
  private static final double SKY = 300;

  /** Sky and 3.5 electrons of read noise. */
  private static final double SIGMA = Math.sqrt(SKY + 3.5 * 3.5);

  private static final int PHASES = 4;
  private static final int REACH = 30;

  @ParameterizedTest
  @CsvSource({
    // estimator, stars, largest bias of the mean and of any 256² block [σ per pixel]
    "CLIPPED_MEDIAN, 5000, 0.07, 0.10",
    "SEXTRACTOR, 5000, 0.05, 0.08",
    "MODE, 5000, 0.055, 0.08"
  })
  void biasIsASmallShareOfTheNoise(
      Estimator estimator, int stars, double largestMean, double largestBlock) {
    float[] image = field(stars);
    BackgroundParameters parameters =
        new BackgroundParameters(256, 0, estimator, 3, 10, 0.3, 0, true, Interpolation.SPLINE);
    BackgroundGrid grid =
        new SimdBackground().estimate(new HostPlane(image, EDGE, EDGE), null, parameters);
    double bias = (Planes.mean(Planes.toDouble(grid.level())) - SKY) / SIGMA;
    double worst = 0;
    for (float level : grid.level()) {
      worst = Math.max(worst, Math.abs(level - SKY) / SIGMA);
    }
    assertThat(Math.abs(bias)).isLessThan(largestMean);
    assertThat(worst).isLessThan(largestBlock);
  }

  /**
   * Stars N(&gt; F) ∝ F^-0.7 from 330 e⁻, where S/N is 5, up to 5e5 e⁻, where the peak saturates.
   */
  private static float[] field(int stars) {
    SplittableRandom random = new SplittableRandom(5);
    float[] image = Planes.noise(6, EDGE * EDGE, SKY, SIGMA);
    float[][] profiles = profiles();
    for (int k = 0; k < stars; k++) {
      double flux = Math.min(5e5, 330 * Math.pow(1 - random.nextDouble(), -1 / 0.7));
      float[] profile = profiles[random.nextInt(profiles.length)];
      draw(image, profile, random.nextInt(EDGE), random.nextInt(EDGE), (float) flux);
    }
    return image;
  }

  private static float[][] profiles() {
    Moffat psf = new Moffat(2.5, 3);
    float[][] profiles = new float[PHASES * PHASES][];
    for (int k = 0; k < profiles.length; k++) {
      double dx = (k % PHASES + 0.5) / PHASES - 0.5;
      double dy = (k / PHASES + 0.5) / PHASES - 0.5;
      int size = 2 * REACH + 1;
      profiles[k] = Planes.of(size, size, (x, y) -> psf.pixel(x - REACH - dx, y - REACH - dy));
    }
    return profiles;
  }

  private static void draw(float[] image, float[] profile, int x, int y, float flux) {
    int size = 2 * REACH + 1;
    for (int j = Math.max(0, y - REACH); j <= Math.min(EDGE - 1, y + REACH); j++) {
      for (int i = Math.max(0, x - REACH); i <= Math.min(EDGE - 1, x + REACH); i++) {
        image[j * EDGE + i] += flux * profile[(j - y + REACH) * size + i - x + REACH];
      }
    }
  }
}
