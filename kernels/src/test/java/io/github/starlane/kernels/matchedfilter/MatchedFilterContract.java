package io.github.starlane.kernels.matchedfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Compare;
import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Planes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every backend's {@link MatchedFilter} must do. */
public abstract class MatchedFilterContract {

  private static final int BAD = 2;

  /** The backend under test. */
  protected abstract Backend backend();

  @ParameterizedTest
  @CsvSource({
    "0, 0, 3",
    "1, 1, 1",
    "2, 7, 5",
    "7, 2, 9",
    "13, 31, 1",
    "31, 13, 7",
    "257, 19, 25",
    "64, 64, 11"
  })
  void agreesWithThePlainVersion(int width, int height, int size) {
    float[] image = messyImage(width * height);
    float[] variance = messyVariance(width * height);
    int[] mask = Planes.bits(3, width * height, 0.02, 1, BAD);
    Template template = gaussian("star", size, 1.3);
    Plane expected = new HostPlane(new float[width * height], width, height);
    new ScalarMatchedFilter()
        .signalToNoise(
            new HostPlane(image, width, height),
            new HostPlane(variance, width, height),
            new HostMaskPlane(mask, width, height),
            template,
            BAD,
            expected);
    Plane actual = backend().allocate(width, height);
    backend()
        .matchedFilter()
        .signalToNoise(
            backend().fromHost(image.clone(), width, height),
            backend().fromHost(variance.clone(), width, height),
            backend().fromHost(mask.clone(), width, height),
            template,
            BAD,
            actual);
    Compare.close("S/N", backend().toHost(actual), HostPlane.pixels(expected), 2e-4, 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.02", "5, 0.02", "9, 0.001", "15, 0.02", "25, 0.001", "25, 0.2", "41, 0.001"})
  void agreesWithThePlainVersionWhereTheVarianceIsSmooth(int size, double masked) {
    int width = 203;
    int height = 210;
    float[] variance = Planes.of(width, height, (x, y) -> 300 + 0.3 * x - 0.2 * y + 1e-4 * x * y);
    float[] image = Planes.noise(1, width * height, 100, 20);
    int[] mask = Planes.bits(6, image.length, masked, BAD);
    for (int i = 0; i < image.length; i++) {
      int x = i % width;
      int y = i / width;
      // A blob, a column and half a row; and a step in the variance.
      boolean blob = Math.hypot(x - 60, y - 100) < 12 || x == 130 || (y == 50 && x > 100);
      mask[i] |= blob ? BAD : 0;
      variance[i] *= y > 170 ? 2 : 1;
    }
    // Lopsided: first moments count.
    Template template = gaussian("star", size, 0.5 + size / 8.0);
    for (int i = 0; i < size * size; i++) {
      template.values()[i] *= 1 + 0.5f * (i % size) / size;
    }
    Plane expected = new HostPlane(new float[width * height], width, height);
    new ScalarMatchedFilter()
        .signalToNoise(
            new HostPlane(image, width, height),
            new HostPlane(variance, width, height),
            new HostMaskPlane(mask, width, height),
            template,
            BAD,
            expected);
    Plane actual = backend().allocate(width, height);
    backend()
        .matchedFilter()
        .signalToNoise(
            backend().fromHost(image.clone(), width, height),
            backend().fromHost(variance.clone(), width, height),
            backend().fromHost(mask.clone(), width, height),
            template,
            BAD,
            actual);
    Compare.close("S/N", backend().toHost(actual), HostPlane.pixels(expected), 2e-4, 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"7, 1.1, 0.05", "15, 2.5, 0.001", "27, 3.5, 0.001"})
  void pureNoiseHasUnitVarianceWhateverIsMasked(int size, double sigma, double masked) {
    int width = 500;
    int height = 400;
    float[] variance = Planes.of(width, height, (x, y) -> 100 + x);
    int[] mask = Planes.bits(6, variance.length, masked, BAD);
    float[] noise = noise(5, variance, mask);
    Plane out = backend().allocate(width, height);
    backend()
        .matchedFilter()
        .signalToNoise(
            backend().fromHost(noise, width, height),
            backend().fromHost(variance, width, height),
            backend().fromHost(mask.clone(), width, height),
            gaussian("star", size, sigma),
            BAD,
            out);
    float[] map = backend().toHost(out);
    // A map correlated over an area of 4πσ² has so many fewer independent pixels.
    double[] all = Planes.toDouble(map);
    double area = 4 * Math.PI * sigma * sigma;
    assertThat(Planes.rms(all)).isCloseTo(1, within(4 * Math.sqrt(area / 2 / all.length)));
    assertThat(Planes.mean(all)).isCloseTo(0, within(4 * Math.sqrt(area / all.length)));
    double[] edge =
        IntStream.range(0, map.length)
            .filter(i -> isWithin(i % width, width, size / 2) || isWithin(i / width, height, 3))
            .mapToDouble(i -> map[i])
            .toArray();
    assertThat(Planes.rms(edge)).isCloseTo(1, within(4 * Math.sqrt(area / 2 / edge.length)));
    double[] besideBad =
        IntStream.range(0, map.length - 1)
            .filter(i -> mask[i + 1] == BAD)
            .mapToDouble(i -> map[i])
            .toArray();
    double tolerance = 4 * Math.sqrt(1.0 / 2 / besideBad.length);
    assertThat(Planes.rms(besideBad)).isCloseTo(1, within(tolerance));
  }

  private static boolean isWithin(int position, int length, int distance) {
    return position < distance || position >= length - distance;
  }

  /** Noise of these variances; bad pixels far off. */
  private static float[] noise(long seed, float[] variance, int[] mask) {
    float[] noise = Planes.noise(seed, variance.length, 0, 1);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = mask[i] == BAD ? 1e6f : noise[i] * (float) Math.sqrt(variance[i]);
    }
    return noise;
  }

  /** Images of a megapixel that {@link #falsePositivesAreThoseOfAGaussian} looks at. */
  protected int megapixels() {
    return 4;
  }

  @Test
  void falsePositivesAreThoseOfAGaussian() {
    int width = 1000;
    // One-sided tails of a Gaussian above 3, 4 and 5.
    double[] tails = {1.349898e-3, 3.167124e-5, 2.866516e-7};
    long[] pixels = new long[3];
    long peaks = 0;
    long deltaPeaks = 0;
    Plane variance = backend().fromHost(Planes.constant(width * width, 4), width, width);
    Template star = gaussian("star", 5, 0.9);
    Template delta = new Template("delta", 1, new float[] {1});
    Plane out = backend().allocate(width, width);
    for (int k = 0; k < megapixels(); k++) {
      float[] noise = Planes.noise(100 + k, width * width, 0, 2);
      Plane image = backend().fromHost(noise, width, width);
      backend().matchedFilter().signalToNoise(image, variance, null, star, BAD, out);
      for (float value : backend().toHost(out)) {
        for (int level = 0; value > 3 && level < 3; level++) {
          pixels[level] += value > 3 + level ? 1 : 0;
        }
      }
      peaks += count(image, variance, gaussian("broad", 11, 1.3), 4);
      deltaPeaks += count(image, variance, delta, 4);
    }
    for (int level = 0; level < 3; level++) {
      double expected = 1e6 * megapixels() * tails[level];
      // Pixels come in clumps of up to four, which doubles the error of their number.
      assertThat((double) pixels[level])
          .isCloseTo(expected, within(3 * 2 * Math.sqrt(expected) + 3));
    }
    // Maxima of a smooth Gaussian field above u (Adler 1981, The Geometry of Random Fields): their
    // density is k u exp(−u² / 2) / (2 π)^1.5 with k = 1 / (2 σ²) for a Gaussian template.
    double maxima =
        1e6 * megapixels() * 4 * Math.exp(-8) / Math.pow(2 * Math.PI, 1.5) / (2 * 1.3 * 1.3);
    assertThat((double) peaks).isCloseTo(maxima, within(3 * Math.sqrt(maxima)));
    // Pixels of white noise are detections of their own, but for the few that have a brighter
    // neighbour: 8 · Q(4) / 2.
    double expected = 1e6 * megapixels() * tails[1];
    assertThat((double) deltaPeaks).isCloseTo(expected, within(3 * Math.sqrt(expected)));
  }

  private long count(Plane image, Plane variance, Template template, double threshold) {
    MatchedFilterParameters parameters =
        new MatchedFilterParameters(List.of(template), threshold, BAD, 0, 1 << 20);
    return backend().matchedFilter().detect(image, variance, null, parameters).count();
  }

  @Test
  void findsAStarWithItsFluxAndTheTemplateThatFits() {
    int width = 60;
    Template narrow = gaussian("narrow", 9, 0.8);
    Template wide = gaussian("wide", 9, 1.6);
    float[] image = new float[width * width];
    add(image, width, wide, 20, 30, 1000);
    add(image, width, narrow, 45, 12, 800);
    MatchedFilterParameters parameters =
        new MatchedFilterParameters(List.of(narrow, wide), 5, BAD, 0, 100);
    Peaks peaks = detect(image, Planes.constant(image.length, 4), null, width, parameters);
    assertThat(peaks.count()).isEqualTo(2);
    assertThat(peaks.truncated()).isFalse();
    assertThat(peaks.x()).containsExactly(45, 20);
    assertThat(peaks.y()).containsExactly(12, 30);
    assertThat(peaks.bestTemplate()).containsExactly(0, 1);
    assertThat(peaks.flux()[0]).isCloseTo(800, within(0.1f));
    assertThat(peaks.flux()[1]).isCloseTo(1000, within(0.1f));
    // flux · √(Σ P² / variance)
    double norm = 0;
    for (float p : wide.values()) {
      norm += p * p / 4.0;
    }
    assertThat((double) peaks.signalToNoise()[1][1])
        .isCloseTo(1000 * Math.sqrt(norm), within(0.01));
    assertThat(peaks.subX()[0]).isCloseTo(45, within(1e-3));
  }

  @Test
  void templatesThatAreNotSearchedWithAreMeasuredAtThePeaks() {
    int width = 60;
    Template narrow = gaussian("narrow", 9, 0.8);
    Template wide = gaussian("wide", 9, 1.6);
    float[] image = Planes.noise(3, width * width, 0, 2);
    add(image, width, wide, 20, 30, 1000);
    add(image, width, narrow, 45, 12, 200);
    float[] variance = Planes.constant(image.length, 4);
    Peaks alone =
        detect(
            image,
            variance,
            null,
            width,
            new MatchedFilterParameters(List.of(narrow), 3, BAD, 0, 100));
    Peaks both =
        detect(
            image,
            variance,
            null,
            width,
            new MatchedFilterParameters(List.of(narrow, wide), 1, 3, BAD, 0, 100));
    assertThat(both.x()).isEqualTo(alone.x());
    assertThat(both.y()).isEqualTo(alone.y());
    assertThat(both.signalToNoise()[0]).isEqualTo(alone.signalToNoise()[0]);
    assertThat(both.signalToNoise()[1][0]).isGreaterThan(both.signalToNoise()[0][0]);
    assertThat(both.bestTemplate()[0]).isEqualTo(1);
  }

  @Test
  void gaussianFindsTheSubPixel() {
    int width = 41;
    double x = 20.3;
    double y = 19.8;
    float[] image =
        Planes.of(
            width,
            width,
            (i, j) -> 1000 * Math.exp(-0.5 * ((i - x) * (i - x) + (j - y) * (j - y)) / 1.69));
    MatchedFilterParameters parameters =
        new MatchedFilterParameters(List.of(gaussian("star", 11, 1.3)), 5, BAD, 0, 100);
    Peaks peaks = detect(image, Planes.constant(image.length, 4), null, width, parameters);
    assertThat(peaks.count()).isEqualTo(1);
    assertThat(peaks.subX()[0]).isCloseTo(x, within(0.05));
    assertThat(peaks.subY()[0]).isCloseTo(y, within(0.05));
  }

  @Test
  void peaksOfNoiseAgreeWithThePlainVersion() {
    int width = 211;
    float[] image = Planes.noise(9, width * width, 0, 2);
    float[] variance = Planes.constant(image.length, 4);
    int[] mask = Planes.bits(10, image.length, 0.01, BAD);
    MatchedFilterParameters parameters =
        new MatchedFilterParameters(
            List.of(gaussian("delta", 1, 1), gaussian("star", 7, 1.2)), 2.5, BAD, 3, 150);
    Peaks expected =
        new ScalarMatchedFilter()
            .detect(
                new HostPlane(image, width, width),
                new HostPlane(variance, width, width),
                new HostMaskPlane(mask, width, width),
                parameters);
    Peaks actual = detect(image.clone(), variance.clone(), mask, width, parameters);
    assertThat(expected.count()).isEqualTo(150);
    assertThat(actual.truncated()).isTrue();
    assertThat(actual.x()).isEqualTo(expected.x());
    assertThat(actual.y()).isEqualTo(expected.y());
    assertThat(actual.bestTemplate()).isEqualTo(expected.bestTemplate());
    Compare.close("S/N", actual.signalToNoise()[1], expected.signalToNoise()[1], 1e-4, 1e-5);
    Compare.close("flux", actual.flux(), expected.flux(), 1e-3, 1e-5);
    Compare.close("x", actual.subX(), expected.subX(), 1e-3, 0);
    for (int k = 0; k < actual.count(); k++) {
      assertThat(actual.x()[k]).isBetween(3, width - 4);
    }
  }

  @Test
  void aPlateauIsOnePeakAndNothingIsSeenWhereNothingIsGood() {
    int width = 20;
    float[] image = new float[width * width];
    for (int i = 0; i < 4; i++) {
      image[(8 + i / 2) * width + 8 + i % 2] = 100;
    }
    MatchedFilterParameters parameters =
        new MatchedFilterParameters(List.of(gaussian("delta", 1, 1)), 5, BAD, 0, 100);
    float[] variance = Planes.constant(image.length, 1);
    assertThat(detect(image.clone(), variance.clone(), null, width, parameters).count())
        .isEqualTo(1);
    int[] allBad = Planes.bits(1, image.length, 1, BAD);
    assertThat(detect(image.clone(), variance.clone(), allBad, width, parameters).count()).isZero();
    float[] noVariance = new float[image.length];
    assertThat(detect(image.clone(), noVariance, null, width, parameters).count()).isZero();
  }

  @Test
  void refusesTemplatesOfEvenSize() {
    MatchedFilterParameters parameters =
        new MatchedFilterParameters(List.of(new Template("even", 2, new float[4])), 5, BAD, 0, 100);
    assertThatThrownBy(() -> detect(new float[4], new float[4], null, 2, parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("odd");
  }

  private Peaks detect(
      float[] image, float[] variance, int[] mask, int width, MatchedFilterParameters parameters) {
    int height = image.length / width;
    MaskPlane bits = mask == null ? null : backend().fromHost(mask, width, height);
    return backend()
        .matchedFilter()
        .detect(
            backend().fromHost(image, width, height),
            backend().fromHost(variance, width, height),
            bits,
            parameters);
  }

  private static float[] messyImage(int size) {
    float[] image = Planes.noise(1, size, 10, 30);
    Planes.sprinkle(11, image, 0.02, Float.NaN);
    return Planes.sprinkle(12, image, 0.01, Float.NEGATIVE_INFINITY);
  }

  private static float[] messyVariance(int size) {
    float[] variance = Planes.noise(2, size, 900, 50);
    Planes.sprinkle(13, variance, 0.01, Float.NaN);
    Planes.sprinkle(14, variance, 0.01, 0);
    return Planes.sprinkle(15, variance, 0.01, -5);
  }

  private static Template gaussian(String name, int size, double sigma) {
    float[] values = new float[size * size];
    double sum = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < values.length; i++) {
        double dx = i % size - size / 2;
        double dy = i / size - size / 2;
        double value = Math.exp(-0.5 * (dx * dx + 0.9 * dy * dy + 0.2 * dx * dy) / (sigma * sigma));
        if (pass == 0) {
          sum += value;
        } else {
          values[i] = (float) (value / sum);
        }
      }
    }
    return new Template(name, size, values);
  }

  private static void add(float[] image, int width, Template template, int x, int y, double flux) {
    int size = template.size();
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        image[(y + j - size / 2) * width + x + i - size / 2] +=
            (float) (flux * template.values()[j * size + i]);
      }
    }
  }
}
