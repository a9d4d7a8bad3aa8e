package io.github.starlane.core.photometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.astrometry.refcat.ReferenceCatalog;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZeroPointTest {
  private static final double VALUE = 24.68;
  private static final double COLOUR_TERM = 0.12;
  private static final double NOISE = 0.02;

  private double[] flux;
  private double[] signalToNoise;
  private double[] magnitude;
  private double[] colour;

  /** Stars of which the catalogue's magnitude is the truth, and whose flux is noisy. */
  private void stars(int n, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    flux = new double[n];
    signalToNoise = new double[n];
    magnitude = new double[n];
    colour = new double[n];
    for (int i = 0; i < n; i++) {
      magnitude[i] = random.nextDouble(12, 18);
      colour[i] = random.nextDouble(0.3, 2.5);
      double m =
          magnitude[i] - VALUE - COLOUR_TERM * (colour[i] - 1) + NOISE * random.nextGaussian();
      flux[i] = Math.pow(10, -0.4 * m);
      signalToNoise[i] = 100;
    }
  }

  private ZeroPoint fit() {
    int n = flux.length;
    SourceTable sources =
        new SourceTable(n).set(SourceColumn.FLUX_PSF, flux).set(SourceColumn.SN, signalToNoise);
    ReferenceCatalog catalog =
        new ReferenceCatalog(
            "truth", new double[n], new double[n], new double[n], magnitude, colour);
    int[] all = IntStream.range(0, n).toArray();
    return ZeroPoint.fit(sources, all, catalog, all);
  }

  private static void assertRight(ZeroPoint zeroPoint, double tolerance) {
    double atColourOne = zeroPoint.value() + zeroPoint.colourTerm() * (1 - zeroPoint.meanColour());
    assertThat(atColourOne).isCloseTo(VALUE, within(tolerance));
    assertThat(zeroPoint.colourTerm()).isCloseTo(COLOUR_TERM, within(2 * tolerance));
  }

  @Test
  void valueAndColourTermAreFound() {
    stars(400, 1);
    ZeroPoint zeroPoint = fit();
    assertRight(zeroPoint, 4 * NOISE / Math.sqrt(400));
    assertThat(zeroPoint.rms()).isCloseTo(NOISE, within(0.15 * NOISE));
    assertThat(zeroPoint.error()).isCloseTo(NOISE / 20, within(0.2 * NOISE / 20));
    assertThat(zeroPoint.stars()).isBetween(385, 400);
    assertThat(zeroPoint.catalog()).isEqualTo("truth");
  }

  @Test
  void theErrorIsThatOfTheValue() {
    double sum = 0;
    int n = 100;
    for (int seed = 0; seed < n; seed++) {
      stars(60, seed);
      ZeroPoint zeroPoint = fit();
      double truth = VALUE + COLOUR_TERM * (zeroPoint.meanColour() - 1);
      sum += Math.pow((zeroPoint.value() - truth) / zeroPoint.error(), 2);
    }
    assertThat(Math.sqrt(sum / n)).isBetween(0.8, 1.3);
  }

  @Test
  void variableStarsAndWrongMatchesDoNotCount() {
    stars(400, 2);
    RandomGenerator random = new SplittableRandom(3);
    for (int i = 0; i < 400; i += 5) {
      flux[i] *= Math.pow(10, 0.4 * random.nextDouble(0.3, 3));
    }
    ZeroPoint zeroPoint = fit();
    assertRight(zeroPoint, 5 * NOISE / Math.sqrt(320));
    assertThat(zeroPoint.rms()).isLessThan(1.5 * NOISE);
  }

  @ParameterizedTest
  @CsvSource({"5, true", "4, false", "0, false"})
  void fewStars(int n, boolean enough) {
    stars(n, 4);
    ZeroPoint zeroPoint = fit();
    if (enough) {
      assertThat(zeroPoint.colourTerm()).isZero();
      assertThat(zeroPoint.value()).isCloseTo(VALUE, within(0.2));
    } else {
      assertThat(zeroPoint).isNull();
    }
  }

  @Test
  void noisyAndSaturatedStarsAreNotUsed() {
    stars(100, 5);
    for (int i = 0; i < 100; i += 2) {
      flux[i] *= 1.04;
      signalToNoise[i] = i % 4 == 0 ? 19 : 1001;
    }
    flux[0] = -5;
    ZeroPoint zeroPoint = fit();
    assertThat(zeroPoint.stars()).isBetween(45, 50);
    assertRight(zeroPoint, 5 * NOISE / Math.sqrt(50));
  }

  @Test
  void starsWithoutMagnitudeAreNotUsed() {
    stars(100, 6);
    Arrays.fill(magnitude, 0, 50, Double.NaN);
    assertThat(fit().stars()).isBetween(45, 50);
  }

  @Test
  void aStarWithoutColourDoesNotSpoilTheColourTerm() {
    stars(400, 7);
    colour[17] = Double.NaN;
    colour[200] = Double.NaN;
    ZeroPoint zeroPoint = fit();
    assertRight(zeroPoint, 4 * NOISE / Math.sqrt(400));
    assertThat(zeroPoint.stars()).isLessThanOrEqualTo(398);
  }

  @Test
  void withoutColoursThereIsNoColourTerm() {
    stars(400, 8);
    Arrays.fill(colour, Double.NaN);
    ZeroPoint zeroPoint = fit();
    assertThat(zeroPoint.colourTerm()).isZero();
    assertThat(zeroPoint.meanColour()).isZero();
    assertThat(zeroPoint.value()).isCloseTo(VALUE + COLOUR_TERM * 0.4, within(0.03));
  }

  @Test
  void starsOfOneColourGiveNoColourTerm() {
    stars(50, 9);
    Arrays.fill(colour, 1.3);
    assertThat(fit().colourTerm()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -10, Double.NaN})
  void aFluxThatIsNotPositiveHasNoMagnitude(double value) {
    assertThat(new ZeroPoint(25, 0, 0, 0, 0, 9, "").magnitude(value)).isNaN();
  }

  @Test
  void aHundredTimesTheFluxIsFiveMagnitudesBrighter() {
    ZeroPoint zeroPoint = new ZeroPoint(25, 0, 0, 0, 0, 9, "");
    assertThat(zeroPoint.magnitude(1)).isEqualTo(25);
    assertThat(zeroPoint.magnitude(100)).isEqualTo(20);
  }
}
