package io.github.starlane.kernels.fft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Compare;
import io.github.starlane.kernels.Moffat;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Planes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every backend's {@link Fft} must do. */
public abstract class FftContract {

  /** The backend under test. */
  protected abstract Backend backend();

  @ParameterizedTest
  @CsvSource({
    "0, 0, 3, 3",
    "1, 1, 1, 1",
    "5, 7, 9, 11",
    "40, 30, 1, 7",
    "61, 43, 15, 5",
    "700, 33, 21, 21",
    "33, 700, 3, 41"
  })
  void convolutionIsTheDirectSum(int width, int height, int columns, int rows) {
    float[] image = Planes.noise(1, width * height, 300, 30);
    Planes.sprinkle(2, image, 0.01, Float.NaN);
    Planes.sprinkle(3, image, 0.005, Float.NEGATIVE_INFINITY);
    Kernel kernel = new Kernel(columns, rows, Planes.noise(4, columns * rows, 0, 1));
    double scale = 0;
    for (float k : kernel.values()) {
      scale += Math.abs(k) * 450;
    }
    float[] expected = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        expected[y * width + x] = (float) directSum(image, width, height, kernel, x, y);
      }
    }
    Plane out = backend().allocate(width, height);
    Plane in = backend().fromHost(image.clone(), width, height);
    backend().fft().convolve(in, kernel, out);
    Compare.close("convolution", backend().toHost(out), expected, 1e-6 * scale, 0);
    backend().fft().correlate(in, kernel.turned(), out);
    Compare.close("correlation", backend().toHost(out), expected, 1e-6 * scale, 0);
  }

  private static double directSum(
      float[] image, int width, int height, Kernel kernel, int x, int y) {
    double sum = 0;
    for (int j = -(kernel.height() / 2); j <= kernel.height() / 2; j++) {
      for (int i = -(kernel.width() / 2); i <= kernel.width() / 2; i++) {
        boolean inside = x - i >= 0 && x - i < width && y - j >= 0 && y - j < height;
        float pixel = inside ? image[(y - j) * width + x - i] : 0;
        int at = (j + kernel.height() / 2) * kernel.width() + i + kernel.width() / 2;
        sum += Float.isFinite(pixel) ? (double) kernel.values()[at] * pixel : 0;
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0, 0, true",
    "9, 4, 12, 2, false",
    "40, 30, 39, 29, true",
    "61, 43, 5, 8, true",
    "900, 21, 70, 3, false",
    "21, 900, 20, 64, true"
  })
  void autocorrelationIsTheDirectSum(
      int width, int height, int lagX, int lagY, boolean subtractMean) {
    float[] image = Planes.noise(1, width * height, 30, 20);
    for (int i = 2; i < image.length; i++) {
      image[i] += 0.5f * image[i - 2];
    }
    float[] holed = Planes.sprinkle(2, image.clone(), width * height > 1 ? 0.05 : 0, Float.NaN);
    Plane plane = backend().fromHost(holed.clone(), width, height);
    Autocorrelation actual = backend().fft().autocorrelate(plane, lagX, lagY, subtractMean);
    double sum = 0;
    int good = 0;
    for (float v : holed) {
      sum += Float.isNaN(v) ? 0 : v;
      good += Float.isNaN(v) ? 0 : 1;
    }
    double[] values = new double[holed.length];
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      double level = subtractMean ? sum / good : 0;
      values[i] = Float.isNaN(holed[i]) ? 0 : holed[i] - level;
      squares += values[i] * values[i];
    }
    assertThat(actual.badPixels()).isEqualTo(values.length - good);
    assertThat(actual.mean()).isCloseTo(sum / good, within(1e-4));
    assertThat(actual.sumOfSquares()).isCloseTo(squares, within(1e-5 * squares + 1e-6));
    for (int dy = -lagY; squares > 0 && dy <= lagY; dy++) {
      for (int dx = -lagX; dx <= lagX; dx++) {
        double expected = lagged(values, width, height, dx, dy) / squares;
        assertThat((double) actual.at(dx, dy)).isCloseTo(expected, within(2e-6));
      }
    }
  }

  private static double lagged(double[] values, int width, int height, int dx, int dy) {
    double sum = 0;
    for (int y = Math.max(0, -dy); y < Math.min(height, height - dy); y++) {
      for (int x = Math.max(0, -dx); x < Math.min(width, width - dx); x++) {
        sum += values[y * width + x] * values[(y + dy) * width + x + dx];
      }
    }
    return sum;
  }

  @Test
  void nothingIsCorrelatedWithNothing() {
    Plane zeros = backend().allocate(20, 10);
    assertThat(backend().fft().autocorrelate(zeros, 3, 3, true).values()).containsOnly(0);
    Plane none = backend().fromHost(Planes.constant(6, Double.NaN), 3, 2);
    Autocorrelation ofNone = backend().fft().autocorrelate(none, 1, 1, true);
    assertThat(ofNone.badPixels()).isEqualTo(6);
    assertThat(ofNone.values()).containsOnly(0);
  }

  /** PSFs of different widths and shapes, variances and transparencies. */
  private static final double[][] EPOCHS = {
    // fwhm, variance, flux scale
    {2.2, 100, 1.0}, {3.4, 140, 0.8}, {2.7, 90, 1.1}, {4.5, 300, 0.9}
  };

  private static Kernel psf(double fwhm, int size) {
    float[] values = new float[size * size];
    new Moffat(fwhm, 3).add(values, size, size / 2, size / 2, 1, size / 2);
    double sum = 0;
    for (float v : values) {
      sum += v;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] / sum);
    }
    return new Kernel(size, size, values);
  }

  /** Star of a flux at a pixel, in each epoch. */
  private static float[] star(Kernel psf, int width, int x, int y, double flux) {
    float[] image = new float[width * width];
    for (int i = 0; i < psf.values().length; i++) {
      int column = x + i % psf.width() - psf.width() / 2;
      int row = y + i / psf.width() - psf.height() / 2;
      image[row * width + column] = (float) (flux * psf.values()[i]);
    }
    return image;
  }

  @Test
  void properCoaddAgreesWithDirectSumsInDoublePrecision() {
    int width = 24;
    int padding = 8;
    int padded = 32;
    ProperCoadd coadd = backend().fft().properCoadd(width, width, padding);
    double[] numeratorRe = new double[padded * padded];
    double[] numeratorIm = new double[padded * padded];
    double[] denominator = new double[padded * padded];
    double weight = 0;
    for (int k = 0; k < EPOCHS.length; k++) {
      double variance = EPOCHS[k][1];
      double scale = EPOCHS[k][2];
      Kernel psf = psf(EPOCHS[k][0], 7);
      // Lopsided, or the sign of its transform's phase would not matter.
      psf.values()[9 + k] += 0.1f;
      float[] image = Planes.noise(20 + k, width * width, 5, Math.sqrt(variance));
      image[100 + k] = Float.NaN;
      coadd.add(backend().fromHost(image.clone(), width, width), psf, scale, variance);
      double[][] m = directTransform(image, width, 0, padded);
      double[][] p = directTransform(psf.values(), 7, 3, padded);
      for (int f = 0; f < denominator.length; f++) {
        boolean seen = Math.hypot(p[0][f], p[1][f]) > 1e-4;
        double re = seen ? p[0][f] : 1e-4;
        double im = seen ? p[1][f] : 0;
        numeratorRe[f] += scale / variance * (re * m[0][f] + im * m[1][f]);
        numeratorIm[f] += scale / variance * (re * m[1][f] - im * m[0][f]);
        denominator[f] += scale * scale / variance * (re * re + im * im);
      }
      weight += scale * scale / variance;
    }
    Plane out = backend().allocate(width, width);
    ProperCoadd.Result result = coadd.finish(out, 9);
    assertThat(result.fluxScale()).isCloseTo(Math.sqrt(weight), within(1e-6));
    double[] re = new double[denominator.length];
    double[] im = new double[denominator.length];
    double[] psfRe = new double[denominator.length];
    for (int f = 0; f < denominator.length; f++) {
      re[f] = numeratorRe[f] / Math.sqrt(denominator[f]);
      im[f] = numeratorIm[f] / Math.sqrt(denominator[f]);
      psfRe[f] = Math.sqrt(denominator[f] / weight);
    }
    for (int y = 0; y < width; y += 5) {
      for (int x = 0; x < width; x += 3) {
        assertThat((double) backend().toHost(out)[y * width + x])
            .isCloseTo(directInverse(re, im, padded, x, y), within(1e-4));
      }
    }
    double[] none = new double[psfRe.length];
    for (int i = 0; i < 81; i++) {
      int x = Math.floorMod(i % 9 - 4, padded);
      int y = Math.floorMod(i / 9 - 4, padded);
      assertThat((double) result.psf().values()[i])
          .isCloseTo(directInverse(psfRe, none, padded, x, y), within(1e-6));
    }
  }

  private static double[][] directTransform(float[] values, int width, int centre, int padded) {
    double[][] transform = new double[2][padded * padded];
    for (int f = 0; f < padded * padded; f++) {
      for (int i = 0; i < values.length; i++) {
        int x = i % width - centre;
        int y = i / width - centre;
        double angle = -2 * Math.PI * (f % padded * x + f / padded * y) / padded;
        double v = Float.isFinite(values[i]) ? values[i] : 0;
        transform[0][f] += v * Math.cos(angle);
        transform[1][f] += v * Math.sin(angle);
      }
    }
    return transform;
  }

  private static double directInverse(double[] re, double[] im, int padded, int x, int y) {
    double sum = 0;
    for (int f = 0; f < re.length; f++) {
      double angle = 2 * Math.PI * (f % padded * x + f / padded * y) / padded;
      sum += re[f] * Math.cos(angle) - im[f] * Math.sin(angle);
    }
    return sum / re.length;
  }

  @Test
  void noiseOfAProperCoaddIsWhiteWithUnitVariance() {
    int width = 250;
    ProperCoadd coadd = backend().fft().properCoadd(width, width, 40);
    for (int k = 0; k < EPOCHS.length; k++) {
      float[] image = Planes.noise(30 + k, width * width, 0, Math.sqrt(EPOCHS[k][1]));
      Plane plane = backend().fromHost(image, width, width);
      coadd.add(plane, psf(EPOCHS[k][0], 21), EPOCHS[k][2], EPOCHS[k][1]);
    }
    Plane out = backend().allocate(width, width);
    coadd.finish(out, 21);
    // Within the width of the filter an edge takes noise away.
    int margin = 12;
    float[] inner = new float[(width - 2 * margin) * (width - 2 * margin)];
    for (int y = margin; y < width - margin; y++) {
      int to = (y - margin) * (width - 2 * margin);
      System.arraycopy(backend().toHost(out), y * width + margin, inner, to, width - 2 * margin);
    }
    // 51 000 pixels: the error of the rms is 0.003, of a correlation 0.0044.
    assertThat(Planes.rms(Planes.toDouble(inner))).isCloseTo(1, within(0.012));
    Plane plane = backend().fromHost(inner, width - 2 * margin, width - 2 * margin);
    Autocorrelation lags = backend().fft().autocorrelate(plane, 3, 3, true);
    for (int i = 0; i < 24; i++) {
      assertThat((double) lags.values()[i]).isCloseTo(0, within(0.018));
    }
  }

  @Test
  void aStarInAProperCoaddHasTheBestPossibleSignalToNoise() {
    int width = 96;
    double flux = 3000;
    double best = 0;
    ProperCoadd coadd = backend().fft().properCoadd(width, width, 60);
    for (double[] epoch : EPOCHS) {
      Kernel psf = psf(epoch[0], 21);
      float[] image = star(psf, width, 45, 50, flux * epoch[2]);
      coadd.add(backend().fromHost(image, width, width), psf, epoch[2], epoch[1]);
      for (float p : psf.values()) {
        best += flux * flux * epoch[2] * epoch[2] * p * p / epoch[1];
      }
    }
    Plane out = backend().allocate(width, width);
    ProperCoadd.Result result = coadd.finish(out, 31);
    double squares = 0;
    for (float p : result.psf().values()) {
      squares += (double) p * p;
    }
    // The matched filter's S/N in white noise of unit variance: Σ P R / √ Σ P².
    Plane score = backend().allocate(width, width);
    backend().fft().correlate(out, result.psf(), score);
    assertThat(backend().toHost(score)[50 * width + 45] / Math.sqrt(squares))
        .isCloseTo(Math.sqrt(best), within(0.01 * Math.sqrt(best)));
    assertThat(flux * result.fluxScale() * Math.sqrt(squares))
        .isCloseTo(Math.sqrt(best), within(0.01 * Math.sqrt(best)));
  }

  @Test
  void theCoaddOfOneImageHasItsPsfMadeWhite() {
    int width = 64;
    Kernel psf = psf(3, 15);
    ProperCoadd coadd = backend().fft().properCoadd(width, width, 30);
    coadd.add(backend().fromHost(star(psf, width, 30, 31, 500), width, width), psf, 2, 25);
    Plane out = backend().allocate(width, width);
    ProperCoadd.Result result = coadd.finish(out, 15);
    assertThat(result.fluxScale()).isCloseTo(2 / 5.0, within(1e-6));
    // A star of 500 counts in an image of flux scale 2 has flux 250.
    for (int i = 0; i < 225; i++) {
      float got = backend().toHost(out)[(31 + i / 15 - 7) * width + 30 + i % 15 - 7];
      double expected = 250 * 0.4 * result.psf().values()[i];
      assertThat((double) got).isCloseTo(expected, within(2e-3));
    }
  }

  @Test
  void refusesWhatMakesNoCoadd() {
    ProperCoadd coadd = backend().fft().properCoadd(20, 20, 10);
    Plane image = backend().allocate(20, 20);
    assertThatThrownBy(() -> coadd.finish(image, 5)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> coadd.add(image, psf(3, 7), 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive");
    assertThatThrownBy(() -> coadd.add(backend().allocate(20, 19), psf(3, 7), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("20 x 20");
    assertThatThrownBy(() -> new Kernel(4, 3, new float[12]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("odd");
  }

  @Test
  void noThreadIsStarted() {
    String[] before = threads();
    Plane image = backend().fromHost(Planes.noise(1, 300 * 260, 0, 1), 300, 260);
    Plane out = backend().allocate(300, 260);
    backend().fft().convolve(image, psf(5, 25), out);
    backend().fft().autocorrelate(image, 260, 200, true);
    ProperCoadd coadd = backend().fft().properCoadd(300, 260, 50);
    coadd.add(image, psf(3, 25), 1, 1);
    coadd.finish(out, 25);
    // So long that the FFT library would share the work among threads.
    Plane line = backend().fromHost(Planes.noise(2, 20_000, 0, 1), 10_000, 2);
    backend().fft().autocorrelate(line, 6_000, 1, true);
    assertThat(threads()).isEqualTo(before);
  }

  private static String[] threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().startsWith("process reaper"))
        .map(Thread::getName)
        .sorted()
        .toArray(String[]::new);
  }

  @Test
  void transformsOfAllFastLengthsGoBack() {
    // Convolution with a single 1 is a transform there and back.
    for (int length : new int[] {16, 48, 80, 100, 130, 250, 340, 470}) {
      float[] image = Planes.noise(length, length * 17, 100, 10);
      Plane out = backend().allocate(length, 17);
      Kernel one = new Kernel(1, 1, new float[] {1});
      backend().fft().convolve(backend().fromHost(image.clone(), length, 17), one, out);
      Compare.close("length " + length, backend().toHost(out), image, 2e-4, 0);
    }
    int[] lengths = Arrays.stream(new int[] {1, 17, 97, 500}).map(FastLength::next).toArray();
    assertThat(lengths).containsExactly(16, 32, 128, 512);
  }
}
