package io.github.starlane.kernels.radon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.Planes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S/N of paths through noise has unit variance. */
class PathNoiseTest {

  private static final int WIDTH = 400;
  private static final int HEIGHT = 512;
  private static final int LEVELS = 7;

  @ParameterizedTest
  @CsvSource({
    // PSF, ratio of the noise's σ from left to right, share of bad pixels, tolerance of σ
    "0, 1, 0, 0.02",
    // Bad pixels count as zeros; a PSF fills them.
    "0, 3, 0.2, 0.02",
    "1.1, 1, 0, 0.02",
    "1.1, 3, 0, 0.02",
    "2.5, 2, 0, 0.03",
    "1.1, 1, 0.01, 0.02",
    "1.1, 2, 0.2, 0.02",
    // Stripes of three columns.
    "1.1, -3, 0, 0.03",
  })
  void unitVarianceAtEachLevel(double sigma, double ratio, double bad, double tolerance) {
    PsfProfile psf = new PsfProfile(sigma);
    PathNoise noise = new PathNoise(psf, LEVELS);
    double[] squares = new double[LEVELS + 1];
    long[] counts = new long[LEVELS + 1];
    StripSums.RowListener listener =
        (level, firstRow, shift, sums, from, to) -> {
          double variance = (1 << level) * noise.ofLevel(level)[shift] / noise.ofLevel(0)[0];
          // Paths that stay in the image.
          for (int i = from + shift; i < to - shift; i++) {
            squares[level] += sums[i] * sums[i] / variance;
            counts[level]++;
          }
        };
    // Long paths are few: several images.
    for (int seed = 0; seed < 6; seed++) {
      StreakImage image = noisyImage(seed, ratio, bad, psf);
      new StripSums(PathFrame.upright(image).mirror(), LEVELS, new ScalarRowSums(), listener).run();
    }
    for (int level = 2; level <= LEVELS; level++) {
      assertThat(Math.sqrt(squares[level] / counts[level]))
          .as("strips of 2^%d rows", level)
          .isCloseTo(sigma == 0 ? Math.sqrt(1 - bad) : 1, within(tolerance));
    }
  }

  private static StreakImage noisyImage(int seed, double ratio, double bad, PsfProfile psf) {
    float[] image = Planes.noise(seed, WIDTH * HEIGHT, 0, 1);
    float[] variance = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      int x = i % WIDTH;
      double noise = ratio > 0 ? 1 + (ratio - 1) * x / WIDTH : x / 3 % 2 == 0 ? 1 : -ratio;
      image[i] *= (float) noise;
      variance[i] = (float) (noise * noise);
    }
    StreakImage result =
        new StreakImage(
            new HostPlane(image, WIDTH, HEIGHT),
            new HostPlane(variance, WIDTH, HEIGHT),
            new HostMaskPlane(Planes.bits(seed + 50, image.length, bad, 1), WIDTH, HEIGHT),
            psf,
            1,
            1,
            new SimdRowSums());
    result.smooth();
    return result;
  }
}
