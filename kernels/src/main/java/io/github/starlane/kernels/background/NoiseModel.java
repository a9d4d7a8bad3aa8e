package io.github.starlane.kernels.background;

/**
 * What the noise of empty sky should be: variance = max(0, level) / gain + readNoise².
 *
 * @param gain electrons per unit of the image (1 for an image in electrons)
 * @param readNoise rms read noise of a pixel, in units of the image
 */
public record NoiseModel(double gain, double readNoise) {

  /** Variance of a pixel of this level [unit²]. */
  public double variance(double level) {
    return Math.max(0, level) / gain + readNoise * readNoise;
  }
}
