package io.github.starlane.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.testdata.Ellipse;
import io.github.starlane.testdata.Moffat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hits of one to four pixels above 10 σ among stars of S/N 10 to 1000. */
class CosmicRayFinderTest {
  private static final int EDGE = 1200;

  private static List<int[]> addHits(SimulatedImage image, double noise) {
    List<int[]> hits = new ArrayList<>();
    for (int k = 0; k < 500; k++) {
      int x = image.random().nextInt(10, EDGE - 10);
      int y = image.random().nextInt(10, EDGE - 10);
      int length = image.random().nextInt(1, 5);
      boolean free = image.stars.stream().allMatch(s -> Math.hypot(s.x() - x, s.y() - y) > 10);
      for (int i = 0; i < length && free; i++) {
        int at = (y + (k % 2 == 0 ? i : 0)) * EDGE + x + (k % 2 == 0 ? 0 : i);
        float light = (float) (noise * (10.5 + 90 * image.random().nextDouble()));
        image.pixels[at] += light;
        image.variance[at] += light;
      }
      if (free) {
        hits.add(new int[] {x, y});
      }
    }
    return hits;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.8, 2.5, 4, 6})
  void hitsAreFlaggedAndStarsAreNot(double fwhm) {
    SimulatedImage image =
        new SimulatedImage(EDGE, EDGE, 3, new Moffat(fwhm, 3, Ellipse.ofEllipticity(0.05, 0.02)));
    double faintest = 10 * Math.sqrt(SimulatedImage.SKY * 2.3 * fwhm * fwhm);
    image.grid(30, faintest, 100 * faintest);
    image.expose();
    int stars = image.stars.size();
    List<int[]> hits = addHits(image, Math.sqrt(SimulatedImage.SKY + SimulatedImage.READ_VARIANCE));
    Extraction extraction = image.extract();
    SourceTable table = extraction.sources();
    int[] rows = image.rows(table, Math.max(1, fwhm / 2));
    int accused = 0;
    int found = 0;
    for (int k = 0; k < stars; k++) {
      found += rows[k] >= 0 ? 1 : 0;
      accused += rows[k] >= 0 && isRay(table, rows[k]) ? 1 : 0;
    }
    int escaped = 0;
    for (int[] hit : hits) {
      for (int i = 0; i < table.count(); i++) {
        boolean here =
            Math.hypot(table.get(SourceColumn.X)[i] - hit[0], table.get(SourceColumn.Y)[i] - hit[1])
                < 4;
        if (here && !isRay(table, i)) {
          escaped++;
          break;
        }
      }
    }
    assertThat(hits).hasSizeGreaterThan(200);
    assertThat(extraction.cosmicRays()).isBetween((int) (0.95 * hits.size()), hits.size() + 15);
    // A hit escapes if it stands in the catalogue as a star.
    assertThat(escaped).isLessThanOrEqualTo(hits.size() / 50);
    // The faintest may be lost in the wings of stars a hundred times as bright.
    assertThat(found).isGreaterThanOrEqualTo((int) (0.98 * stars));
    assertThat(accused).isLessThanOrEqualTo(stars / 1000);
  }

  private static boolean isRay(SourceTable table, int row) {
    int flags = (int) table.get(SourceColumn.FLAGS)[row];
    return (flags & MaskBit.of(MaskBit.COSMIC_RAY_DELTA, MaskBit.COSMIC_RAY_LAPLACIAN)) != 0;
  }
}
