package io.github.starlane.kernels.combine;

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
import io.github.starlane.kernels.combine.CombineParameters.Method;
import io.github.starlane.kernels.combine.CombineParameters.Rejection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every backend's {@link Combine} must do. */
public abstract class CombineContract {

  private static final float NAN = Float.NaN;
  private static final int BAD = 4;

  /** The backend under test. */
  protected abstract Backend backend();

  static Stream<Arguments> everyWay() {
    List<Arguments> all = new ArrayList<>();
    for (Method method : Method.values()) {
      for (Rejection rejection : Rejection.values()) {
        for (int n : new int[] {1, 2, 3, 4, 7, 9, 20, 61, 101, 200}) {
          all.add(Arguments.of(method, rejection, n, n == 20 ? 1031 : 130 + n));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void agreesWithThePlainVersion(Method method, Rejection rejection, int n, int width) {
    CombineParameters parameters = new CombineParameters(method, rejection, 2.5, 3, 4, 0.02, BAD);
    Stack stack = Stack.random(n, width, 2);
    for (boolean full : new boolean[] {true, false}) {
      Stack given = full || rejection == Rejection.NOISE_MODEL ? stack : stack.valuesOnly();
      Outputs expected = given.run(null, parameters);
      Outputs actual = given.run(backend(), parameters);
      int differently = 0;
      for (int i = 0; i < expected.count.length; i++) {
        // A value on the limit within rounding may go either way; then nothing can be compared.
        if (expected.count[i] != actual.count[i]) {
          differently++;
          actual.adopt(expected, i);
        }
      }
      assertThat(differently).isLessThanOrEqualTo(expected.count.length / 500);
      Compare.close("value", actual.value, expected.value, 1e-4, 1e-6);
      Compare.close("variance", actual.variance, expected.variance, 1e-5, 1e-4);
      Compare.close("rejected", actual.rejected, expected.rejected, 0, 0);
      assertThat(actual.mask).isEqualTo(expected.mask);
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void bandsGiveTheSameBitsAsTheWhole(Method method, Rejection rejection, int n, int width) {
    CombineParameters parameters = new CombineParameters(method, rejection, 2, 2.5, 3, 0.02, BAD);
    int columns = n == 20 ? 5003 : 301;
    Stack whole = Stack.clean(n, columns);
    Stack given = rejection == Rejection.NOISE_MODEL ? whole.withVariance(290) : whole;
    Outputs expected = given.run(backend(), parameters);
    int[] cuts = {0, 2, 70, 71, columns / 2, columns};
    for (int b = 1; b < cuts.length; b++) {
      Outputs band = given.band(cuts[b - 1], cuts[b]).run(backend(), parameters);
      float[] part = Arrays.copyOfRange(expected.value, cuts[b - 1], cuts[b]);
      Compare.close("value", band.value, part, 0, 0);
      part = Arrays.copyOfRange(expected.variance, cuts[b - 1], cuts[b]);
      Compare.close("variance", band.variance, part, 0, 0);
    }
    // To the value alone there may be a shorter way.
    float[] alone = given.valueAlone(backend(), parameters);
    Compare.close("value alone", alone, expected.value, 0, 1e-6);
    float[] part = given.band(2, 70).valueAlone(backend(), parameters);
    Compare.close("band of value alone", part, Arrays.copyOfRange(alone, 2, 70), 0, 0);
  }

  @Test
  void outlierGoesAndStarStays() {
    int edge = 33;
    int n = 20;
    float[] star = Planes.of(edge, edge, (x, y) -> 50_000 * moffat(x - 16, y - 16));
    List<float[]> images = new ArrayList<>();
    List<float[]> variances = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      float[] image = Planes.noise(k, edge * edge, 300, 0);
      float[] noise = Planes.noise(100 + k, edge * edge, 0, 1);
      float[] variance = new float[edge * edge];
      for (int i = 0; i < image.length; i++) {
        // Seeing and registration change the star by per cents, many times its noise.
        variance[i] = 300 + star[i];
        image[i] += star[i] * (1 + 0.02f * (k % 5 - 2)) + noise[i] * (float) Math.sqrt(variance[i]);
      }
      images.add(image);
      variances.add(variance);
    }
    int hit = 5 * edge + 7;
    images.get(13)[hit] += 2000;
    CombineParameters parameters =
        new CombineParameters(Method.MEAN, Rejection.NOISE_MODEL, 4, 4, 3, 0.05, 0);
    Outputs out = new Stack(images, variances, null, null, edge).run(backend(), parameters);
    int core = 16 * edge + 16;
    assertThat(out.rejected[core]).isZero();
    assertThat((double) out.value[core]).isCloseTo(300 + star[core], within(0.01 * star[core]));
    assertThat(out.rejected[hit]).isEqualTo(1);
    assertThat((double) out.value[hit]).isCloseTo(300 + star[hit], within(25.0));
  }

  private static double moffat(double dx, double dy) {
    return Math.pow(1 + (dx * dx + dy * dy) / 4, -2.5);
  }

  @Test
  void infiniteValuesAndNegativeVariancesDoNotTakePart() {
    float[][] columns = new float[150][];
    for (int i = 0; i < columns.length; i++) {
      float bad = i % 3 == 0 ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
      columns[i] = new float[] {1, 2, i % 3 == 2 ? 9 : bad, 6};
    }
    Stack stack = ofColumns(columns);
    List<float[]> variances = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      variances.add(Planes.constant(columns.length, k == 3 ? -1 : 1));
    }
    Stack noisy = new Stack(stack.images, variances, null, null, columns.length);
    for (Method method : Method.values()) {
      boolean isMean = method == Method.MEAN;
      Outputs out = stack.run(backend(), parameters(method, Rejection.NONE));
      Outputs known = noisy.run(backend(), parameters(method, Rejection.NONE));
      for (int i = 0; i < columns.length; i++) {
        boolean whole = i % 3 == 2;
        assertThat(out.count[i]).isEqualTo(whole ? 4 : 3);
        assertThat(out.value[i]).isEqualTo(whole ? isMean ? 4.5f : 4 : isMean ? 3 : 2);
        assertThat(known.count[i]).isEqualTo(whole ? 3 : 2);
        assertThat(known.value[i]).isEqualTo(whole ? isMean ? 4 : 2 : 1.5f);
      }
    }
  }

  @Test
  void infiniteLimitsRejectNothing() {
    float[][] columns = {{5, 5, 5, 5, 5, 500}, {0, 0, 0, 0, 0, 500}};
    for (Rejection rejection : List.of(Rejection.SAMPLE, Rejection.MAD, Rejection.NOISE_MODEL)) {
      double never = Double.POSITIVE_INFINITY;
      CombineParameters parameters =
          new CombineParameters(Method.MEAN, rejection, never, never, 3, 0, BAD);
      Outputs out = ofColumns(columns).withVariance(0).run(backend(), parameters);
      Compare.close(rejection.name(), out.rejected, new float[] {0, 0}, 0, 0);
    }
  }

  @Test
  void emptyPlanesGiveEmptyPlanes() {
    Outputs out =
        new Stack(List.of(new float[0]), null, null, null, 0)
            .run(backend(), parameters(Method.MEAN, Rejection.NONE));
    assertThat(out.value).isEmpty();
  }

  @Test
  void meanAndMedianOfHandMadeStacks() {
    float[][] columns = {{1, 2, 6}, {1, 2, NAN}, {NAN, NAN, 5}, {NAN, NAN, NAN}};
    Outputs mean = ofColumns(columns).run(backend(), parameters(Method.MEAN, Rejection.NONE));
    Outputs median = ofColumns(columns).run(backend(), parameters(Method.MEDIAN, Rejection.NONE));
    Compare.close("mean", mean.value, new float[] {3, 1.5f, 5, NAN}, 0, 1e-6);
    Compare.close("median", median.value, new float[] {2, 1.5f, 5, NAN}, 0, 1e-6);
    Compare.close("count", mean.count, new float[] {3, 2, 1, 0}, 0, 0);
    // Sample variance / n: 7 / 3 and 0.5 / 2; nothing is known from one value.
    Compare.close("of mean", mean.variance, new float[] {7 / 3f, 0.25f, NAN, NAN}, 0, 1e-6);
    Compare.close(
        "of median",
        median.variance,
        new float[] {(float) (7 / 3. * Math.PI / 2), 0.25f, NAN, NAN},
        0,
        1e-6);
  }

  @Test
  void minMaxDropsOneOfEachAndTheirMasks() {
    float[][] columns = {{5, 1, 9, 5}, {3, 3, 3, 3}, {1, 2, NAN, NAN}};
    Outputs out =
        ofColumns(columns)
            .withMasks(1, 2, 8, 16)
            .run(backend(), parameters(Method.MEAN, Rejection.MIN_MAX));
    Compare.close("value", out.value, new float[] {5, 3, 1.5f}, 0, 1e-6);
    Compare.close("rejected", out.rejected, new float[] {2, 2, 0}, 0, 0);
    // Of equal values the first counts as the smallest, the last as the largest.
    assertThat(out.mask).containsExactly(1 | 16, 2 | 8, 1 | 2);
  }

  @Test
  void everyClippingFindsAnObviousOutlier() {
    float[][] columns = {
      {10, 11, 9, 10.5f, 9.5f, 10.2f, 9.8f, 500},
      {10, 11, 9, 10.5f, 9.5f, 10.2f, 9.8f, -500},
      {10, 11, 9, 10.5f, 9.5f, 10.2f, 9.8f, 10}
    };
    for (Rejection rejection : List.of(Rejection.SAMPLE, Rejection.MAD, Rejection.NOISE_MODEL)) {
      Outputs out =
          ofColumns(columns).withVariance(0.4f).run(backend(), parameters(Method.MEAN, rejection));
      Compare.close(rejection.name(), out.rejected, new float[] {1, 1, 0}, 0, 0);
      Compare.close(rejection.name(), out.value, new float[] {10, 10, 10}, 1e-5, 0);
      Compare.close(
          rejection.name(), out.variance, new float[] {0.4f / 7, 0.4f / 7, 0.05f}, 0, 1e-5);
    }
  }

  @Test
  void relativeErrorSparesCoresOfBrightStars() {
    float[][] columns = {{1000, 1010, 990, 1100, 1005, 995}, {0, 10, -10, 100, 5, -5}};
    CombineParameters parameters =
        new CombineParameters(Method.MEAN, Rejection.NOISE_MODEL, 3, 3, 3, 0.05, 0);
    Outputs out = ofColumns(columns).withVariance(50).run(backend(), parameters);
    Compare.close("rejected", out.rejected, new float[] {0, 1}, 0, 0);
  }

  @Test
  void equalValuesAreNotClippedAway() {
    float[][] columns = {{5, 5, 5, 5, 5, 5}, {5, 5, 5, 5, 5, 6}};
    for (Rejection rejection : List.of(Rejection.SAMPLE, Rejection.MAD)) {
      Outputs out = ofColumns(columns).run(backend(), parameters(Method.MEAN, rejection));
      Compare.close(rejection.name(), out.count, new float[] {6, 6}, 0, 0);
    }
  }

  @Test
  void weightsWeighTheMean() {
    Stack stack =
        new Stack(
            List.of(new float[] {1}, new float[] {4}),
            List.of(new float[] {2}, new float[] {8}),
            null,
            new double[] {3, 1},
            1);
    Outputs out = stack.run(backend(), parameters(Method.MEAN, Rejection.NONE));
    Compare.close("mean", out.value, new float[] {1.75f}, 0, 1e-6);
    Compare.close("variance", out.variance, new float[] {(9 * 2 + 8) / 16f}, 0, 1e-6);
  }

  @Test
  void noiseModelClippingCostsLessThanFourPerCent() {
    int width = 20_000;
    int n = 20;
    List<float[]> images = new ArrayList<>();
    List<float[]> variances = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      images.add(Planes.noise(100 + k, width, 300, 17.3205));
      variances.add(Planes.constant(width, 300));
    }
    CombineParameters parameters =
        new CombineParameters(Method.MEAN, Rejection.NOISE_MODEL, 3, 3, 3, 0, 0);
    Outputs out = new Stack(images, variances, null, null, width).run(backend(), parameters);
    double[] deviation = new double[width];
    for (int i = 0; i < width; i++) {
      deviation[i] = out.value[i] - 300;
    }
    double ratio = Math.pow(Planes.rms(deviation), 2) / (300.0 / n);
    // The Monte Carlo error of the ratio is 1 %.
    assertThat(ratio).isBetween(0.97, 1.04);
    assertThat(Planes.mean(deviation)).isCloseTo(0, within(0.1));
  }

  @Test
  void refusesWhatDoesNotFit() {
    Stack two = ofColumns(new float[][] {{1, 2}});
    assertThatThrownBy(() -> two.run(backend(), parameters(Method.MEAN, Rejection.NOISE_MODEL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("variances");
    Stack ragged = new Stack(List.of(new float[1], new float[2]), null, null, null, 1);
    assertThatThrownBy(() -> ragged.run(backend(), parameters(Method.MEAN, Rejection.NONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image 1");
  }

  private static CombineParameters parameters(Method method, Rejection rejection) {
    return new CombineParameters(method, rejection, 3, 3, 5, 0, BAD);
  }

  /** A stack whose pixel i has the values {@code columns[i]}. */
  private static Stack ofColumns(float[][] columns) {
    List<float[]> images = new ArrayList<>();
    for (int k = 0; k < columns[0].length; k++) {
      float[] image = new float[columns.length];
      for (int i = 0; i < columns.length; i++) {
        image[i] = columns[i][k];
      }
      images.add(image);
    }
    return new Stack(images, null, null, null, columns.length);
  }

  private record Outputs(
      float[] value, float[] variance, float[] count, float[] rejected, int[] mask) {

    void adopt(Outputs other, int i) {
      value[i] = other.value[i];
      variance[i] = other.variance[i];
      rejected[i] = other.rejected[i];
      mask[i] = other.mask[i];
    }
  }

  private record Stack(
      List<float[]> images,
      List<float[]> variances,
      List<int[]> masks,
      double[] weights,
      int width) {

    static Stack random(int n, int width, int height) {
      List<float[]> images = new ArrayList<>();
      List<float[]> variances = new ArrayList<>();
      List<int[]> masks = new ArrayList<>();
      double[] weights = new double[n];
      int size = width * height;
      for (int k = 0; k < n; k++) {
        float[] image = Planes.noise(10 + k, size, 300, 17);
        Planes.sprinkle(20 + k, image, 0.03, 5000);
        Planes.sprinkle(30 + k, image, 0.03, NAN);
        Planes.sprinkle(40 + k, image, 0.05, 300);
        for (int i = 0; i < size; i += 50) {
          image[i] = NAN;
        }
        images.add(image);
        variances.add(Planes.sprinkle(50 + k, Planes.noise(60 + k, size, 300, 9), 0.01, NAN));
        masks.add(Planes.bits(70 + k, size, 0.02, 1, 2, BAD));
        weights[k] = 1 + 0.1 * k;
      }
      return new Stack(images, variances, masks, weights, width);
    }

    /** Noise of which only the first columns have gaps. */
    static Stack clean(int n, int width) {
      List<float[]> images = new ArrayList<>();
      for (int k = 0; k < n; k++) {
        float[] image = Planes.noise(80 + k, width, 300, 17);
        image[k % 7] = NAN;
        images.add(image);
      }
      return new Stack(images, null, null, null, width);
    }

    Stack band(int from, int to) {
      List<float[]> part = new ArrayList<>();
      images.forEach(image -> part.add(Arrays.copyOfRange(image, from, to)));
      List<float[]> noise = variances == null ? null : new ArrayList<>();
      if (noise != null) {
        variances.forEach(variance -> noise.add(Arrays.copyOfRange(variance, from, to)));
      }
      return new Stack(part, noise, null, weights, to - from);
    }

    float[] valueAlone(Backend backend, CombineParameters parameters) {
      List<Plane> planes = new ArrayList<>();
      images.forEach(image -> planes.add(plane(backend, image.clone(), 1)));
      List<Plane> noise = variances == null ? null : new ArrayList<>();
      if (noise != null) {
        variances.forEach(variance -> noise.add(plane(backend, variance.clone(), 1)));
      }
      Plane value = backend.allocate(width, 1);
      CombineOutput out = new CombineOutput(value, null, null, null, null);
      backend.combine().combine(planes, noise, null, weights, parameters, out);
      return backend.toHost(value);
    }

    Stack valuesOnly() {
      return new Stack(images, null, null, null, width);
    }

    Stack withVariance(float variance) {
      List<float[]> all = new ArrayList<>();
      images.forEach(image -> all.add(Planes.constant(image.length, variance)));
      return new Stack(images, all, masks, weights, width);
    }

    Stack withMasks(int... bits) {
      List<int[]> all = new ArrayList<>();
      for (int bit : bits) {
        all.add(Planes.bits(1, images.get(0).length, 1, bit));
      }
      return new Stack(images, variances, all, weights, width);
    }

    /** Runs a backend, or the plain version for null. */
    Outputs run(Backend backend, CombineParameters parameters) {
      int height = width == 0 ? 0 : images.get(0).length / width;
      List<Plane> planes = new ArrayList<>();
      for (float[] image : images) {
        planes.add(plane(backend, image.clone(), height));
      }
      List<Plane> noise = variances == null ? null : new ArrayList<>();
      if (noise != null) {
        variances.forEach(v -> noise.add(plane(backend, v.clone(), height)));
      }
      List<MaskPlane> bits = masks == null ? null : new ArrayList<>();
      if (bits != null) {
        masks.forEach(m -> bits.add(mask(backend, m.clone(), height)));
      }
      int size = width * height;
      CombineOutput out =
          new CombineOutput(
              plane(backend, new float[size], height),
              plane(backend, new float[size], height),
              plane(backend, new float[size], height),
              plane(backend, new float[size], height),
              mask(backend, new int[size], height));
      Combine combine = backend == null ? new ScalarCombine() : backend.combine();
      combine.combine(planes, noise, bits, weights, parameters, out);
      return new Outputs(
          pixels(backend, out.value()),
          pixels(backend, out.variance()),
          pixels(backend, out.count()),
          pixels(backend, out.rejected()),
          backend == null ? HostMaskPlane.bits(out.mask()) : backend.toHost(out.mask()));
    }

    private Plane plane(Backend backend, float[] pixels, int height) {
      int columns = height == 0 ? 0 : pixels.length / height;
      return backend == null
          ? new HostPlane(pixels, columns, height)
          : backend.fromHost(pixels, columns, height);
    }

    private MaskPlane mask(Backend backend, int[] bits, int height) {
      return backend == null
          ? new HostMaskPlane(bits, width, height)
          : backend.fromHost(bits, width, height);
    }

    private static float[] pixels(Backend backend, Plane plane) {
      return backend == null ? HostPlane.pixels(plane) : backend.toHost(plane);
    }
  }
}
