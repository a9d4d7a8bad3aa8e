package io.github.starlane.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdaptiveMomentsTest {
  private static final int EDGE = 81;
  private static final double NOISE = 10;
  private static final SourceEllipse TRUTH = new SourceEllipse(40.3, 39.6, 14, 8, 3);

  private static Cutout cutout(double flux, SplittableRandom random) {
    float[] pixels = new float[EDGE * EDGE];
    for (int k = 0; k < pixels.length; k++) {
      double light =
          flux
              * Math.exp(-0.5 * TRUTH.squaredDistance(k % EDGE, k / EDGE))
              / (2 * Math.PI * Math.sqrt(TRUTH.determinant()));
      pixels[k] = (float) (light + (random == null ? 0 : NOISE * random.nextGaussian()));
    }
    return cutout(pixels);
  }

  private static Cutout cutout(float[] pixels) {
    float[] variance = new float[pixels.length];
    Arrays.fill(variance, (float) (NOISE * NOISE));
    Backend backend = Backends.select("scalar").backend();
    return Cutout.of(
        backend,
        backend.fromHost(pixels, EDGE, EDGE),
        backend.fromHost(variance, EDGE, EDGE),
        new int[pixels.length],
        40,
        40,
        40);
  }

  @Test
  void aGaussianHasItsOwnMoments() {
    SourceEllipse e =
        new AdaptiveMoments(20, 1).measure(cutout(1e5, null), SourceEllipse.round(39, 41, 2));
    assertThat(e.x()).isCloseTo(TRUTH.x(), within(0.01));
    assertThat(e.y()).isCloseTo(TRUTH.y(), within(0.01));
    assertThat(e.xx()).isCloseTo(TRUTH.xx(), within(0.1));
    assertThat(e.yy()).isCloseTo(TRUTH.yy(), within(0.1));
    assertThat(e.xy()).isCloseTo(TRUTH.xy(), within(0.05));
    assertThat(Math.toDegrees(e.angle())).isCloseTo(22.5, within(0.5));
    assertThat(e.major() * e.major() + e.minor() * e.minor()).isCloseTo(22, within(0.2));
  }

  @Test
  void errorsAreThoseOfTheNoise() {
    SplittableRandom random = new SplittableRandom(5);
    int trials = 300;
    double[] sums = new double[5];
    for (int trial = 0; trial < trials; trial++) {
      Cutout noisy = cutout(2e4, random);
      SourceEllipse e = new AdaptiveMoments(20, 1).measure(noisy, TRUTH);
      AdaptiveMoments.Errors errors = AdaptiveMoments.errors(noisy, e, Double.POSITIVE_INFINITY);
      sums[0] += Math.pow((e.x() - TRUTH.x()) / errors.x(), 2) / trials;
      sums[1] += Math.pow((e.y() - TRUTH.y()) / errors.y(), 2) / trials;
      sums[2] += Math.pow((e.major() - TRUTH.major()) / errors.major(), 2) / trials;
      sums[3] += Math.pow((e.minor() - TRUTH.minor()) / errors.minor(), 2) / trials;
      sums[4] += Math.pow((e.angle() - TRUTH.angle()) / errors.angle(), 2) / trials;
    }
    // A pull's width is known to 4 %.
    for (double sum : sums) {
      assertThat(Math.sqrt(sum)).isBetween(0.87, 1.13);
    }
  }

  @Test
  void darknessHasNoMomentsAndWhatIsTooLargeIsSaidToBe() {
    float[] dark = new float[EDGE * EDGE];
    Arrays.fill(dark, -1);
    AdaptiveMoments moments = new AdaptiveMoments(5, 1);
    assertThat(moments.measure(cutout(dark), SourceEllipse.round(40, 40, 2))).isNull();
    float[] flat = new float[EDGE * EDGE];
    Arrays.fill(flat, 100);
    assertThat(moments.measure(cutout(flat), SourceEllipse.round(40, 40, 2)).major())
        .isGreaterThan(5);
  }

  @Test
  void aKronApertureHoldsMostOfADisc() {
    float[] pixels = new float[EDGE * EDGE];
    double scale = 3;
    double total = 1e6;
    for (int k = 0; k < pixels.length; k++) {
      double sum = 0;
      for (int p = 0; p < 25; p++) {
        double x = k % EDGE + (p % 5) / 5.0 - 0.4;
        double y = k / EDGE + (p / 5) / 5.0 - 0.4;
        sum += Math.exp(-Math.hypot(x - 40, y - 40) / scale) / 25;
      }
      pixels[k] = (float) (total * sum / (2 * Math.PI * scale * scale));
    }
    Cutout cutout = cutout(pixels);
    SourceEllipse e = new AdaptiveMoments(20, 1).measure(cutout, SourceEllipse.round(40, 40, 3));
    KronAperture.Flux flux = KronAperture.measure(cutout, e, 0, Double.POSITIVE_INFINITY);
    assertThat(flux.flux() / total).isBetween(0.94, 0.985);
    double area = Math.PI * e.major() * e.minor() * flux.radius() * flux.radius();
    assertThat(flux.error()).isCloseTo(NOISE * Math.sqrt(area), within(0.02 * flux.error()));
    double ownNoise = KronAperture.measure(cutout, e, 0, 2).error();
    assertThat(ownNoise * ownNoise - flux.error() * flux.error())
        .isCloseTo(flux.flux() / 2, within(0.02 * flux.flux()));
  }
}
