package io.github.starlane.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.psf.PsfStarShapes.Quantity;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is measured of isolated stars of S/N 20 to 200, against the truth. */
class MeasuredColumnsTest {
  private static SimulatedImage image;
  private static Extraction extraction;
  private static SourceTable table;
  private static int[] rows;

  @BeforeAll
  static void extract() {
    image = new SimulatedImage(1000, 1000, 5);
    image.grid(40, 1600, 48000);
    extraction = image.expose().extract();
    table = extraction.sources();
    rows = image.rows(table, 1);
  }

  private static double rms(IntToDoubleFunction value) {
    return Math.sqrt(
        IntStream.range(0, rows.length)
            .mapToDouble(k -> Math.pow(value.applyAsDouble(k), 2))
            .average()
            .orElseThrow());
  }

  private static double at(SourceColumn column, int star) {
    return table.get(column)[rows[star]];
  }

  private static double mean(SourceColumn column) {
    return IntStream.range(0, rows.length).mapToDouble(k -> at(column, k)).average().orElseThrow();
  }

  @Test
  void windowedCentroidsScatterByTheirErrors() {
    assertThat(
            rms(
                k ->
                    (at(SourceColumn.X1, k) - image.stars.get(k).x())
                        / at(SourceColumn.X1_ERROR, k)))
        .isBetween(0.85, 1.15);
    assertThat(
            rms(
                k ->
                    (at(SourceColumn.Y1, k) - image.stars.get(k).y())
                        / at(SourceColumn.Y1_ERROR, k)))
        .isBetween(0.85, 1.15);
  }

  @Test
  void secondMomentsScatterByTheirErrors() {
    for (SourceColumn[] c :
        List.of(
            new SourceColumn[] {SourceColumn.X2, SourceColumn.X2_ERROR},
            new SourceColumn[] {SourceColumn.Y2, SourceColumn.Y2_ERROR},
            new SourceColumn[] {SourceColumn.XY, SourceColumn.XY_ERROR})) {
      double mean = mean(c[0]);
      assertThat(rms(k -> (at(c[0], k) - mean) / at(c[1], k)))
          .as(c[0].name())
          .isBetween(0.85, 1.15);
    }
  }

  @Test
  void starsAreNotSpread() {
    assertThat(rms(k -> at(SourceColumn.SPREAD, k) / at(SourceColumn.SPREAD_ERROR, k)))
        .isBetween(0.7, 1.3);
    long spread =
        IntStream.range(0, rows.length)
            .filter(k -> at(SourceColumn.SPREAD, k) > 5 * at(SourceColumn.SPREAD_ERROR, k))
            .count();
    assertThat(spread).isLessThanOrEqualTo(1);
  }

  @Test
  void correctedApertureFluxesAreTotalOnes() {
    double ratio =
        IntStream.range(0, rows.length)
            .filter(k -> at(SourceColumn.SN, k) > 60)
            .mapToDouble(
                k ->
                    at(SourceColumn.FLUX_APERTURE_2, k)
                        * at(SourceColumn.APERTURE_CORRECTION_2, k)
                        / at(SourceColumn.FLUX_PSF, k))
            .average()
            .orElseThrow();
    assertThat(ratio).isCloseTo(1, within(0.004));
    assertThat(mean(SourceColumn.APERTURE_CORRECTION_1))
        .isGreaterThan(mean(SourceColumn.APERTURE_CORRECTION_4));
  }

  @Test
  void emptyPlacesScatterByTheErrors() {
    // So few stars that their wings are not part of the noise.
    SimulatedImage sparse = new SimulatedImage(800, 800, 6);
    sparse.grid(130, 3000, 10_000);
    SkyNoise noise = sparse.expose().extract().skyNoise();
    assertThat(noise.places()).isGreaterThan(190);
    // Robust deviations of 200 values are known to 8 %.
    assertThat(noise.psfOverError()).isBetween(0.8, 1.2);
    for (double ratio : noise.apertureOverError()) {
      assertThat(ratio).isBetween(0.8, 1.2);
    }
    double error = noise.psfDeviation() / Math.sqrt(noise.places());
    assertThat(noise.psfMean()).isBetween(-5 * error, 5 * error);
  }

  @Test
  void theLimitIsThatOfTheBound() {
    ImageStatistics statistics =
        ImageStatistics.of(table, List.of(extraction), extraction.psf(), 1000, 1000, 1);
    SimulatedImage.Star faint = new SimulatedImage.Star(500, 500, statistics.limitingFlux());
    // A star in the middle of a pixel loses least; on average the bound is a few percent higher.
    double signalToNoise = faint.flux() / SimulatedImage.bound(faint).flux();
    assertThat(signalToNoise).isCloseTo(5, within(0.3));
    assertThat(statistics.stars()).isGreaterThan(250);
    assertThat(statistics.e1Delta().median()).isCloseTo(0, within(0.01));
    assertThat(statistics.e2Delta().median()).isCloseTo(0, within(0.01));
    assertThat(statistics.sizeDelta().median()).isCloseTo(0, within(0.02));
    assertThat(statistics.background().median()).isCloseTo(SimulatedImage.SKY, within(2.0));
    assertThat(Math.abs(statistics.gradientX())).isLessThan(3);
  }

  @Test
  void starsOfAConstantPsfLookAlikeAndAreEverywhere() {
    ImageStatistics all =
        ImageStatistics.of(table, List.of(extraction), extraction.psf(), 1000, 1000, 1);
    PsfStatistics psf = all.psf();
    assertThat(extraction.psf().starShapes().count()).isEqualTo(extraction.psf().stars());
    assertThat(psf.sizeRange()).isBetween(0.0, 0.06);
    assertThat(psf.lightRange()).isBetween(0.0, 0.02);
    assertThat(psf.correctionRange()).isBetween(0.0, 0.05);
    // Stars stand 40 pixels from each other; some were not used.
    assertThat(psf.farthest()).isBetween(28.0, 150.0);
    assertThat(psf.stars().get(Quantity.ELLIPTICITY)).isCloseTo(0.08, within(0.025));
    // A Moffat profile has more wings than a Gaussian, and is symmetric.
    assertThat(psf.stars().get(Quantity.KURTOSIS)).isBetween(2.05, 2.5);
    for (Quantity odd :
        List.of(Quantity.COMA_1, Quantity.COMA_2, Quantity.TREFOIL_1, Quantity.TREFOIL_2)) {
      assertThat(psf.stars().get(odd)).as(odd.name()).isCloseTo(0, within(0.01));
    }
  }
}
