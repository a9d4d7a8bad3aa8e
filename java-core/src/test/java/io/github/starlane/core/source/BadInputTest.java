package io.github.starlane.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.frame.MaskBit;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Images that no one wants: each ends with a valid catalogue, in bounded time. */
class BadInputTest {

  @Test
  void allStarsSaturated() {
    SimulatedImage image = new SimulatedImage(600, 600, 51);
    image.grid(60, 900_000, 3_000_000);
    image.expose();
    for (int k = 0; k < image.pixels.length; k++) {
      if (image.pixels[k] > 60_000) {
        image.pixels[k] = 60_000;
        image.mask[k] = MaskBit.SATURATED.bit();
      }
    }
    Extraction extraction = image.extract();
    SourceTable table = extraction.sources();
    // Nothing to build a PSF from: one is assumed, and this is said.
    assertThat(extraction.remarks()).anyMatch(r -> r.contains("for the PSF"));
    int[] rows = image.rows(table, 3);
    int flagged = 0;
    for (int row : rows) {
      boolean has =
          row >= 0 && ((int) table.get(SourceColumn.FLAGS)[row] & MaskBit.SATURATED.bit()) != 0;
      flagged += has ? 1 : 0;
    }
    assertThat(flagged).isGreaterThanOrEqualTo((int) (0.95 * rows.length));
    // What a wrong PSF leaves over around a star is not a dozen sources.
    assertThat(table.count()).isLessThan(6 * rows.length);
  }

  @Test
  void halfOfTheImageMasked() {
    SimulatedImage image = new SimulatedImage(600, 600, 52);
    image.grid(40, 3000, 60_000);
    image.expose();
    for (int k = 0; k < image.mask.length; k++) {
      if (k % 600 < 300) {
        image.mask[k] = MaskBit.NAN.bit();
        image.pixels[k] = Float.NaN;
      }
    }
    SourceTable table = image.extract().sources();
    int[] rows = image.rows(table, 0.5);
    for (int k = 0; k < rows.length; k++) {
      double x = image.stars.get(k).x();
      if (x > 305) {
        assertThat(rows[k]).as("star at x = %.0f", x).isNotNegative();
      } else if (x < 294) {
        assertThat(rows[k]).isNegative();
      }
    }
    assertThat(table.count()).isLessThanOrEqualTo(rows.length / 2 + 20);
  }

  /** As dense as a million in a frame of 2500 pixels: every PSF touches its neighbours'. */
  @Test
  void moreStarsThanPixelsCanTell() {
    SimulatedImage image = new SimulatedImage(500, 500, 53);
    image.grid(2.5, 2000, 20_000);
    image.expose();
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          SourceTable table = image.extract().sources();
          assertThat(table.count()).isBetween(1000, image.stars.size());
          for (double flux : table.get(SourceColumn.FLUX_PSF)) {
            assertThat(Math.abs(flux) < 1e8 || Double.isNaN(flux)).isTrue();
          }
        });
  }
}
