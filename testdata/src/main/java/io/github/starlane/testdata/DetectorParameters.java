package io.github.starlane.testdata;

/**
 * The camera.
 *
 * @param gain e⁻/ADU
 * @param readNoise e⁻
 * @param bias mean bias level [ADU]
 * @param biasPattern rms of the fixed column pattern of the bias [ADU]
 * @param biasDrift rms change of the bias level from frame to frame [ADU]; the overscan shows it
 * @param darkCurrent e⁻/px/s
 * @param ampGlow additional dark current in the corner at the origin [e⁻/px/s]
 * @param hotPixelFraction fraction of pixels with a high dark current
 * @param saturation level from which on the header calls a pixel saturated [ADU]
 * @param clip level at which a pixel stops counting [ADU], at least {@code saturation}
 * @param nonLinearity relative loss of signal at {@code saturation}; the loss grows linearly with
 *     the signal. 0: a linear camera
 * @param vignetting relative loss of light from the field centre to the corner, ∝ ρ²
 * @param dustRings number of out-of-focus dust shadows
 * @param pixelResponse rms of the response from pixel to pixel
 * @param deadColumns number of (partly) dead columns
 */
public record DetectorParameters(
    double gain,
    double readNoise,
    double bias,
    double biasPattern,
    double biasDrift,
    double darkCurrent,
    double ampGlow,
    double hotPixelFraction,
    double saturation,
    double clip,
    double nonLinearity,
    double vignetting,
    int dustRings,
    double pixelResponse,
    int deadColumns) {
  /**
   * @throws IllegalArgumentException if a value makes no camera
   */
  public DetectorParameters {
    Check.that(gain > 0 && readNoise >= 0, "gain must be positive, readNoise not negative");
    Check.that(bias >= 0 && biasPattern >= 0 && biasDrift >= 0, "bias must not be negative");
    Check.that(darkCurrent >= 0 && ampGlow >= 0, "dark current must not be negative");
    Check.that(hotPixelFraction >= 0 && hotPixelFraction < 0.2, "hotPixelFraction: 0 … 0.2");
    Check.that(
        saturation > bias && clip >= saturation && clip <= 65535,
        "bias < saturation <= clip <= 65535 must hold");
    Check.that(nonLinearity >= 0 && nonLinearity < 0.5, "nonLinearity must be in 0 … 0.5");
    Check.that(vignetting >= 0 && vignetting < 0.9, "vignetting must be in 0 … 0.9");
    Check.that(pixelResponse >= 0 && pixelResponse < 0.2, "pixelResponse must be in 0 … 0.2");
    Check.that(dustRings >= 0 && deadColumns >= 0, "counts must not be negative");
  }

  /** The QHY600M camera of LAST in its high-noise mode. */
  public static DetectorParameters defaults() {
    return new DetectorParameters(
        0.9, 3.5, 100, 0.7, 1.0, 0.01, 0.1, 2e-4, 60000, 62500, 0, 0.15, 6, 0.008, 2);
  }

  /** These parameters with another read noise [e⁻]. */
  public DetectorParameters withReadNoise(double other) {
    return new DetectorParameters(
        gain,
        other,
        bias,
        biasPattern,
        biasDrift,
        darkCurrent,
        ampGlow,
        hotPixelFraction,
        saturation,
        clip,
        nonLinearity,
        vignetting,
        dustRings,
        pixelResponse,
        deadColumns);
  }

  /** The perfect chip with the same noise: uniform response, no hot pixels, no dead columns. */
  public DetectorParameters cosmeticallyPerfect() {
    return new DetectorParameters(
        gain, readNoise, bias, 0, 0, darkCurrent, 0, 0, saturation, clip, nonLinearity, 0, 0, 0, 0);
  }
}
