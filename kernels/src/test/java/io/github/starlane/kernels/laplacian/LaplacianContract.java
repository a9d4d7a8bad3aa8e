package io.github.starlane.kernels.laplacian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Backends;
import io.github.starlane.kernels.Compare;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Planes;
import io.github.starlane.kernels.laplacian.LaplacianParameters.Fill;
import io.github.starlane.kernels.matchedfilter.Template;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend's {@link Laplacian} must do. */
public abstract class LaplacianContract {

  private static final int BAD = 2;
  private static final int COSMIC = 8;
  private static final int STAR = 16;

  /** The backend under test. */
  protected abstract Backend backend();

  /** Output of a search. */
  private record Found(CosmicRays rays, int[] bits, float[] cleaned) {}

  @ParameterizedTest
  @CsvSource({
    "0, 0, false, 0, MEAN",
    "1, 1, false, 0, MEAN",
    "2, 7, true, 0, MEDIAN",
    "17, 5, false, 0, MASKED_MEDIAN",
    "16, 33, false, 3, INTERPOLATION",
    "61, 43, false, 0, INTERPOLATION",
    "90, 131, false, 0, MEAN",
    "131, 90, true, 0, MASKED_MEDIAN",
    "131, 90, false, 5, MEDIAN",
    "75, 64, true, 7, MEAN",
  })
  void agreesWithThePlainVersion(int width, int height, boolean separable, int psfSize, Fill fill) {
    CosmicField field = new CosmicField(width, height, 3);
    field.addStars(width * height / 400, 2.5);
    field.addCosmicRays(width * height / 80);
    float[] image = field.noisyImage();
    float[] variance = field.variance();
    Planes.sprinkle(5, image, 0.004, Float.NaN);
    for (int i = 0; i < variance.length; i++) {
      // Patches of quieter pixels, smaller than the tiles that a backend may work in.
      variance[i] *= i % width / 5 % 3 == 0 && i / width / 5 % 3 == 0 ? 0.1f : 1;
    }
    Planes.sprinkle(6, variance, 0.002, Float.POSITIVE_INFINITY);
    int[] mask = Planes.bits(7, image.length, 0.01, 1, BAD);
    for (float[] given : new float[][] {variance, null}) {
      for (double clip : new double[] {4.5, 2}) {
        LaplacianParameters parameters = parameters(clip, separable, psf(psfSize), fill, 20_000);
        Found expected =
            find(
                Backends.select("scalar").backend(), image, given, mask, width, height, parameters);
        Found actual = find(backend(), image, given, mask, width, height, parameters);
        assertThat(actual.rays.found()).isEqualTo(expected.rays.found());
        assertThat(actual.bits).isEqualTo(expected.bits);
        Compare.close("cleaned", actual.cleaned, expected.cleaned, 1e-3, 1e-6);
        if (width > 60 && clip == 4.5) {
          assertThat(actual.rays.total()).isGreaterThan(width * height / 160);
          assertThat(actual.rays.found()).hasSizeGreaterThan(2);
        }
      }
    }
  }

  @Test
  void aSinglePixelIsFoundAboveTheLimitAndNotBelow() {
    // Flat, N = 10: L = 2 h and S' = h / 10 for a pixel that is h higher; F = 0.01.
    for (double height : new double[] {44.9, 45.1}) {
      float[] image = Planes.constant(41 * 23, 100);
      image[11 * 41 + 20] += (float) height;
      Found found = flat(image, 41, standard());
      int[] expected = new int[image.length];
      expected[11 * 41 + 20] = height > 45 ? COSMIC : 0;
      assertThat(found.bits).isEqualTo(expected);
      assertThat(found.rays.total()).isEqualTo(height > 45 ? 1 : 0);
      assertThat(found.cleaned[11 * 41 + 20]).isEqualTo(height > 45 ? 100 : 144.9f);
    }
  }

  @Test
  void atTheEdgeTheImageGoesOnWithItsOutermostPixels() {
    // Seen with its copies beyond the corner the pixel is a square: L = ¼ (2 h + h + h).
    for (int corner : new int[] {0, 40, 22 * 41, 23 * 41 - 1}) {
      float[] image = Planes.constant(41 * 23, 100);
      image[corner] += 100;
      Found found = flat(image, 41, standard());
      assertThat(found.bits[corner]).isEqualTo(COSMIC);
      assertThat(found.rays.found()).containsExactly(1, 0);
      image[corner] = 189;
      assertThat(flat(image, 41, standard()).rays.total()).isZero();
    }
  }

  @Test
  void contrastWithTheFineStructureDecides() {
    // On a plateau of 3 × 3 pixels that is p = 60 high, S' = h / 10 and F = p / 10.
    for (double height : new double[] {297, 303}) {
      float[] image = Planes.constant(41 * 23, 100);
      for (int y = 10; y < 13; y++) {
        Arrays.fill(image, y * 41 + 19, y * 41 + 22, 160);
      }
      image[11 * 41 + 20] += (float) height;
      Found found = flat(image, 41, standard());
      assertThat(found.bits[11 * 41 + 20]).isEqualTo(height > 300 ? COSMIC : 0);
    }
  }

  @Test
  void neighboursNeedLess() {
    // 40 beside 200: L = ¼ · 2 · 80, S' = 2, which is between 1.35 and 4.5.
    float[] image = Planes.constant(41 * 23, 100);
    image[11 * 41 + 20] += 200;
    image[11 * 41 + 21] += 40;
    image[11 * 41 + 30] += 40;
    Found found = flat(image, 41, standard());
    int[] expected = new int[image.length];
    expected[11 * 41 + 20] = COSMIC;
    expected[11 * 41 + 21] = COSMIC;
    assertThat(found.bits).isEqualTo(expected);
    assertThat(found.rays.found()).containsExactly(2, 0);
    assertThat(found.cleaned).contains(140).doesNotContain(300);
    assertThat(found.cleaned[11 * 41 + 21]).isEqualTo(100);
  }

  @Test
  void whatIsFoundLaterFillsNothing() {
    int edge = 120;
    CosmicField field = new CosmicField(edge, edge, 12);
    field.addCosmicRays(250);
    float[] image = field.noisyImage();
    Found found = find(backend(), image, null, null, edge, edge, standard());
    assertThat(found.rays.found()).hasSizeGreaterThan(2);
    for (int i = 0; i < image.length; i++) {
      double expected = found.bits[i] == 0 ? image[i] : goodMean(image, found.bits, edge, i);
      assertThat((double) found.cleaned[i]).as("pixel %d", i).isCloseTo(expected, within(1e-2));
    }
  }

  private static double goodMean(float[] image, int[] bits, int edge, int index) {
    double sum = 0;
    int n = 0;
    for (int j = Math.max(0, index / edge - 2); j <= Math.min(edge - 1, index / edge + 2); j++) {
      for (int i = Math.max(0, index % edge - 2); i <= Math.min(edge - 1, index % edge + 2); i++) {
        if (bits[j * edge + i] == 0) {
          sum += image[j * edge + i];
          n++;
        }
      }
    }
    return sum / n;
  }

  @ParameterizedTest
  @EnumSource(Fill.class)
  void fillsFromTheNeighbours(Fill fill) {
    float[] image = Planes.of(41, 23, (x, y) -> x < 20 ? 100 : 140.0);
    image[11 * 41 + 20] = 3000;
    image[11 * 41 + 24] = Float.NaN;
    Found found = flat(image, 41, parameters(4.5, false, null, fill, 1e9));
    assertThat(found.rays.total()).isEqualTo(1);
    double expected =
        switch (fill) {
          case MEAN -> (10 * 100 + 14 * 140) / 24.0;
          case MASKED_MEDIAN, MEDIAN -> 140;
          case INTERPOLATION -> {
            double left = 2 * (1 / Math.sqrt(8) + 1 / Math.sqrt(5) + 1 / Math.sqrt(5));
            left += 2 / Math.sqrt(2) + 1.5;
            double middle = 2 * (1 + 0.5);
            yield (left * 100 + (left + middle) * 140) / (2 * left + middle);
          }
        };
    assertThat((double) found.cleaned[11 * 41 + 20]).isCloseTo(expected, within(1e-4));
    assertThat(found.cleaned[11 * 41 + 24]).isEqualTo(140);
    image[11 * 41 + 20] = found.cleaned[11 * 41 + 20];
    image[11 * 41 + 24] = 140;
    assertThat(found.cleaned).isEqualTo(image);
  }

  @Test
  void badPixelsAndTheirNeighboursAreLeftAlone() {
    float[] image = Planes.constant(41 * 23, 100);
    int[] mask = new int[image.length];
    image[5 * 41 + 5] = 900;
    mask[5 * 41 + 5] = BAD | 1;
    image[6 * 41 + 6] = 500;
    image[5 * 41 + 10] = 900;
    mask[5 * 41 + 10] = 1;
    image[15 * 41 + 10] = Float.NaN;
    image[15 * 41 + 11] = 700;
    Found found =
        find(backend(), image, Planes.constant(image.length, 100), mask, 41, 23, standard());
    mask[5 * 41 + 10] |= COSMIC;
    assertThat(found.bits).isEqualTo(mask);
    float[] nothing = Planes.constant(41 * 23, Float.NaN);
    assertThat(flat(nothing, 41, standard()).rays.found()).containsExactly(0);
    assertThat(flat(nothing, 41, standard()).cleaned).containsOnly(0);
  }

  @Test
  void saturatedStarsAreProtectedAndSaturatedCosmicRaysAreNot() {
    CosmicField field = new CosmicField(101, 101, 5);
    field.addStar(50, 50, 3e6, 2.5);
    field.addPixel(80, 20, 1e5);
    float[] image = field.noisyImage();
    for (int i = 0; i < image.length; i++) {
      image[i] = Math.min(image[i], 60_000);
    }
    LaplacianParameters parameters = parameters(4.5, false, null, Fill.MEAN, 59_000);
    Found found = find(backend(), image, null, null, 101, 101, parameters);
    assertThat(found.bits[20 * 101 + 80]).isEqualTo(COSMIC);
    assertThat(found.bits[50 * 101 + 50]).isEqualTo(STAR);
    for (int y = 30; y < 70; y++) {
      for (int x = 30; x < 70; x++) {
        assertThat(found.bits[y * 101 + x] & COSMIC).isZero();
      }
    }
    int protectedPixels = 0;
    for (int bit : found.bits) {
      protectedPixels += (bit & STAR) != 0 ? 1 : 0;
    }
    assertThat(protectedPixels).isBetween(60, 200);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pureNoiseGivesNoMoreThanAGaussianWould(boolean separable) {
    int edge = 1000;
    float[] image = Planes.noise(8, edge * edge, 300, Math.sqrt(300));
    LaplacianParameters parameters =
        new LaplacianParameters(
            4.5, 1, 5, 4, separable, null, Fill.MEAN, 1, 0, 1e9, BAD, COSMIC, STAR);
    float[] variance = Planes.constant(image.length, 300);
    CosmicRays rays = find(backend(), image, variance, null, edge, edge, parameters).rays;
    // Where S is not clipped it is 2 I less half the four neighbours, over 2 N: σ = √5 / 2, so that
    // 4.5 is 4.02 σ, which 28.5 of 1e6 pixels exceed; subtracting the median makes them fewer.
    assertThat(rays.total()).isBetween(1, 28);
  }

  @ParameterizedTest
  @CsvSource({
    // FWHM, separable, by PSF, objectLimit, least completeness, largest share of stars
    "2.35, false, false, 5, 0.98, 0.003",
    "3.0, false, false, 5, 0.98, 0.003",
    "2.35, true, false, 5, 0.98, 0.005",
    "2.5, false, true, 2, 0.98, 0.01",
  })
  void findsCosmicRaysAndLeavesStars(
      double fwhm, boolean separable, boolean byPsf, double limit, double least, double largest) {
    int edge = 500;
    CosmicField field = new CosmicField(edge, edge, 9);
    field.addStars(420, fwhm);
    field.addCosmicRays(300);
    Template psf = byPsf ? field.template(7, fwhm) : null;
    LaplacianParameters parameters =
        new LaplacianParameters(
            4.5, 0.3, limit, 4, separable, psf, Fill.MEAN, 1, 3.5, 1e9, BAD, COSMIC, STAR);
    float[] image = field.noisyImage();
    Found found = find(backend(), image, null, null, edge, edge, parameters);
    assertThat(field.completeness(found.bits, COSMIC, 10)).isGreaterThanOrEqualTo(least);
    assertThat(field.starsHit(found.bits, COSMIC)).isLessThanOrEqualTo(largest);
    assertThat(field.falsePixels(found.bits, COSMIC)).isLessThan(25);
  }

  @Test
  void refusesWhatMakesNoSense() {
    float[] image = Planes.constant(12, 1);
    assertThatThrownBy(() -> flat(image, 4, parameters(0, false, null, Fill.MEAN, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sigmaClip");
    assertThatThrownBy(
            () ->
                flat(
                    image,
                    4,
                    parameters(4, false, new Template("even", 2, new float[4]), Fill.MEAN, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PSF");
  }

  private Found flat(float[] image, int width, LaplacianParameters parameters) {
    float[] variance = Planes.constant(image.length, 100);
    return find(backend(), image, variance, null, width, image.length / width, parameters);
  }

  private static Found find(
      Backend backend,
      float[] image,
      float[] variance,
      int[] mask,
      int width,
      int height,
      LaplacianParameters parameters) {
    Plane pixels = backend.fromHost(image.clone(), width, height);
    Plane variances = variance == null ? null : backend.fromHost(variance.clone(), width, height);
    int[] bits = mask == null ? new int[image.length] : mask.clone();
    MaskPlane out = backend.fromHost(bits, width, height);
    CosmicRays rays =
        backend
            .laplacian()
            .find(pixels, variances, mask == null ? null : out, parameters, out, pixels);
    return new Found(rays, backend.toHost(out), backend.toHost(pixels));
  }

  private static LaplacianParameters standard() {
    return parameters(4.5, false, null, Fill.MEAN, 1e9);
  }

  private static LaplacianParameters parameters(
      double clip, boolean separable, Template psf, Fill fill, double saturation) {
    return new LaplacianParameters(
        clip, 0.3, 5, 4, separable, psf, fill, 1, 3.5, saturation, BAD, COSMIC, STAR);
  }

  /** A Gaussian of σ = 1.1 pixels; null for size 0. */
  private static Template psf(int size) {
    if (size == 0) {
      return null;
    }
    int half = size / 2;
    return new Template(
        "psf",
        size,
        Planes.of(
            size,
            size,
            (x, y) -> Math.exp(-((x - half) * (x - half) + (y - half) * (y - half)) / 2.42)));
  }
}
