package io.github.starlane.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.frame.MaskBit;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceExtractorTest {
  /** Flux error of a faint isolated star, so that fluxes can be given as S/N. */
  private static final double FAINT_ERROR =
      SimulatedImage.bound(new SimulatedImage.Star(0, 0, 100)).flux();

  private static boolean flagged(SourceTable table, int row, MaskBit bit) {
    return ((int) table.get(SourceColumn.FLAGS)[row] & bit.bit()) != 0;
  }

  private static void assertValid(SourceTable table) {
    for (SourceColumn column : SourceColumn.values()) {
      boolean later =
          column == SourceColumn.RA
              || column == SourceColumn.DEC
              || column == SourceColumn.PRIMARY
              || column.unit().equals("mag");
      assertThat(table.has(column)).as(column.name()).isEqualTo(!later);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0.95", "0.4, 0.9"})
  void starsAtTwelveTenthsOfTheirWidthAreSeparated(double ratio, double least) {
    // Few blends among many single stars, so that the PSF is built from the latter.
    SimulatedImage image = new SimulatedImage(1000, 1000, 11);
    double distance = 1.2 * SimulatedImage.FWHM;
    int pairs = 0;
    for (double y = 30; y < 980; y += 45) {
      for (double x = 30; x < 980; x += 45) {
        double cx = x + image.random().nextDouble();
        double cy = y + image.random().nextDouble();
        image.star(cx, cy, 20000);
        if (pairs++ % 6 == 0) {
          double angle = image.random().nextDouble(2 * Math.PI);
          image.star(
              cx + distance * Math.cos(angle), cy + distance * Math.sin(angle), ratio * 20000);
        }
      }
    }
    SourceTable table = image.expose().extract().sources();
    int[] rows = image.rows(table, 0.5);
    int separated = 0;
    int companions = 0;
    for (int k = 1; k < rows.length; k++) {
      SimulatedImage.Star star = image.stars.get(k);
      SimulatedImage.Star before = image.stars.get(k - 1);
      if (Math.hypot(star.x() - before.x(), star.y() - before.y()) < 5) {
        companions++;
        boolean both = rows[k] >= 0 && rows[k - 1] >= 0 && rows[k] != rows[k - 1];
        separated += both && near(table, rows[k], star) && near(table, rows[k - 1], before) ? 1 : 0;
      }
    }
    assertThat(companions).isGreaterThan(70);
    assertThat((double) separated / companions).isGreaterThanOrEqualTo(least);
    // Nothing is made up of the residuals.
    assertThat(table.count() - SimulatedImage.count(rows)).isLessThanOrEqualTo(companions / 20);
  }

  private static boolean near(SourceTable table, int row, SimulatedImage.Star star) {
    return Math.abs(table.get(SourceColumn.FLUX_PSF)[row] / star.flux() - 1) < 0.15;
  }

  @ParameterizedTest
  @CsvSource({"8, 20, 0.99, 1", "4.95, 5.05, 0.4, 0.75", "2.5, 3.2, 0, 0.12"})
  void completenessIsThatOfTheThreshold(
      double faintest, double brightest, double low, double high) {
    SimulatedImage image = new SimulatedImage(900, 900, 12);
    image.grid(30, faintest * FAINT_ERROR, brightest * FAINT_ERROR);
    int faint = image.stars.size();
    for (double x = 45; x < 850; x += 60) {
      image.star(x, 450, 40000);
    }
    SourceTable table = image.expose().extract().sources();
    int[] rows = image.rows(table, 1.5);
    int seen = 0;
    int counted = 0;
    for (int k = 0; k < faint; k++) {
      boolean free = Math.abs(image.stars.get(k).y() - 450) > 25;
      counted += free ? 1 : 0;
      seen += free && rows[k] >= 0 ? 1 : 0;
    }
    assertThat((double) seen / counted).isBetween(low, high);
    assertThat(table.count() - SimulatedImage.count(rows)).isLessThanOrEqualTo(3);
  }

  @Test
  void pureNoiseHasNoMoreDetectionsThanGaussianNoiseAllows() {
    int found = 0;
    for (int seed = 0; seed < 4; seed++) {
      Extraction extraction = new SimulatedImage(700, 700, 20 + seed).expose().extract();
      assertValid(extraction.sources());
      assertThat(extraction.remarks()).anyMatch(r -> r.contains("0 stars for the PSF"));
      found += extraction.sources().count();
    }
    // 4 images × 490,000 pixels × 2 templates × P(> 5 σ) = 1.1.
    assertThat(found).isLessThanOrEqualTo(4);
  }

  @Test
  void brightStarsHaveNoInventedCompanions() {
    SimulatedImage image = new SimulatedImage(700, 700, 29);
    image.grid(70, 300000, 1000000);
    SourceTable table = image.expose().extract().sources();
    int[] rows = image.rows(table, 0.3);
    assertThat(SimulatedImage.count(rows)).isEqualTo(rows.length);
    assertThat(table.count() - rows.length).isLessThanOrEqualTo(rows.length / 10);
  }

  @Test
  void theBackgroundIsThatOfTheSky() {
    SimulatedImage image = new SimulatedImage(700, 700, 30);
    image.grid(50, 1000, 100000);
    Extraction extraction = image.expose().extract();
    assertThat(extraction.medianBackground())
        .isCloseTo(SimulatedImage.SKY, within(0.01 * SimulatedImage.SKY));
    assertThat(extraction.medianVariance())
        .isCloseTo(
            SimulatedImage.SKY + SimulatedImage.READ_VARIANCE, within(0.04 * SimulatedImage.SKY));
    assertThat(Arrays.stream(extraction.sources().get(SourceColumn.BACKGROUND)).average())
        .hasValueCloseTo(SimulatedImage.SKY, within(3.0));
  }

  @Test
  void oneStar() {
    SimulatedImage image = new SimulatedImage(300, 300, 31);
    image.star(140.3, 160.8, 30000);
    SourceTable table = image.expose().extract().sources();
    assertValid(table);
    int row = image.rows(table, 0.2)[0];
    assertThat(row).isNotNegative();
    assertThat(table.count()).isLessThanOrEqualTo(3);
    // The PSF is an analytic guess.
    assertThat(table.get(SourceColumn.FLUX_PSF)[row]).isCloseTo(30000, within(3000.0));
    assertThat(table.get(SourceColumn.FLUX_APERTURE_4)[row]).isCloseTo(30000, within(1500.0));
    assertThat(flagged(table, row, MaskBit.COSMIC_RAY_DELTA)).isFalse();
  }

  @Test
  void cosmicRaysAreFlaggedAndStarsAreNot() {
    SimulatedImage image = new SimulatedImage(700, 700, 32);
    image.grid(50, 3000, 60000);
    image.expose();
    int stars = image.stars.size();
    for (int y = 60; y < 650; y += 50) {
      for (int x = 60; x < 650; x += 50) {
        int hit = (y + image.random().nextInt(-2, 3)) * 700 + x + image.random().nextInt(-2, 3);
        boolean free = true;
        for (SimulatedImage.Star s : image.stars.subList(0, stars)) {
          free &= Math.hypot(s.x() - hit % 700, s.y() - hit / 700) > 12;
        }
        if (free) {
          image.pixels[hit] += 4000;
          image.stars.add(new SimulatedImage.Star(hit % 700, hit / 700, 0));
        }
      }
    }
    SourceTable table = image.extract().sources();
    int[] rows = image.rows(table, 1.5);
    int rays = 0;
    int caught = 0;
    int accused = 0;
    for (int k = 0; k < rows.length; k++) {
      boolean flag = rows[k] >= 0 && flagged(table, rows[k], MaskBit.COSMIC_RAY_DELTA);
      if (k < stars) {
        assertThat(rows[k]).isNotNegative();
        accused += flag ? 1 : 0;
      } else {
        rays++;
        // A ray that was not taken for a source at all is as good as a flagged one.
        caught += flag || rows[k] < 0 ? 1 : 0;
      }
    }
    assertThat(rays).isGreaterThan(50);
    assertThat(caught).isGreaterThanOrEqualTo((int) (0.98 * rays));
    assertThat(accused).isLessThanOrEqualTo(stars / 100);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anImageWithoutAGoodPixelHasNoSources(boolean masked) {
    SimulatedImage image = new SimulatedImage(200, 150, 33);
    image.grid(40, 5000, 50000);
    image.expose();
    if (masked) {
      Arrays.fill(image.mask, MaskBit.SATURATED.bit());
    } else {
      Arrays.fill(image.pixels, Float.NaN);
    }
    SourceTable table = image.extract().sources();
    assertThat(table.count()).isZero();
    assertValid(table);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsWithoutValuesHarmNothingElse(boolean masked) {
    SimulatedImage image = new SimulatedImage(600, 600, 34);
    image.grid(40, 5000, 50000);
    image.expose();
    for (int y = 200; y < 230; y++) {
      for (int x = 0; x < 600; x++) {
        image.pixels[y * 600 + x] = Float.NaN;
        image.mask[y * 600 + x] = masked ? MaskBit.NAN.bit() : 0;
      }
    }
    SourceTable table = image.extract().sources();
    int[] rows = image.rows(table, 0.5);
    for (int k = 0; k < rows.length; k++) {
      double y = image.stars.get(k).y();
      if (y < 190 || y > 240) {
        assertThat(rows[k]).as("star at y = %.0f", y).isNotNegative();
      } else if (y > 204 && y < 225) {
        assertThat(rows[k]).isNegative();
      }
    }
    for (int i = 0; i < table.count(); i++) {
      double y = table.get(SourceColumn.Y_PEAK)[i];
      assertThat(y < 200 || y >= 230).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"64, 64", "20, 300", "7, 7", "1, 1"})
  void smallImages(int width, int height) {
    SimulatedImage image = new SimulatedImage(width, height, 35);
    image.star(width / 2.0, height / 2.0, 20000);
    SourceTable table = image.expose().extract().sources();
    assertValid(table);
    assertThat(table.count()).isLessThan(5);
  }
}
