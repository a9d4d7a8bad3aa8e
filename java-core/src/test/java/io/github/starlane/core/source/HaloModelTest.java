package io.github.starlane.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HaloModelTest {

  /** Light per pixel and flux, r pixels from a star. */
  private static double halo(double r) {
    return r < 8 ? 0 : 4e-5 * Math.pow(r / 20, -2);
  }

  /** Bright stars with halos, and isolated faint ones around them; mean pull of the faint ones. */
  private static double meanPull(double haloFlux) {
    SimulatedImage image = new SimulatedImage(900, 900, 9);
    double[][] bright = {{220, 230, 6e5}, {650, 260, 4e5}, {440, 660, 8e5}};
    for (double[] b : bright) {
      image.star(b[0], b[1], b[2]);
      image.add((x, y) -> b[2] * halo(Math.hypot(x - b[0], y - b[1])));
    }
    image.grid(33, 3000, 6000);
    SourceSettings s = SimulatedImage.SETTINGS;
    SourceTable table =
        image
            .expose()
            .extract(
                new SourceSettings(
                    s.thresholds(),
                    s.fitRadius(),
                    s.groupRadius(),
                    s.maximumGroup(),
                    s.apertures(),
                    s.annulusInner(),
                    s.annulusOuter(),
                    s.border(),
                    s.maximumSources(),
                    haloFlux,
                    s.haloRadius(),
                    s.skySources(),
                    s.cosmicRays()))
            .sources();
    int[] rows = image.rows(table, 1);
    return IntStream.range(bright.length, rows.length)
        .filter(k -> rows[k] >= 0)
        .filter(k -> near(image.stars.get(k), bright))
        .mapToDouble(
            k ->
                (table.get(SourceColumn.FLUX_PSF)[rows[k]] - image.stars.get(k).flux())
                    / table.get(SourceColumn.FLUX_PSF_ERROR)[rows[k]])
        .average()
        .orElseThrow();
  }

  private static boolean near(SimulatedImage.Star star, double[][] bright) {
    double least = Double.POSITIVE_INFINITY;
    for (double[] b : bright) {
      least = Math.min(least, Math.hypot(star.x() - b[0], star.y() - b[1]));
    }
    return least > 15 && least < 45;
  }

  @Test
  void halosOfTheImagesOwnStarsDoNotShiftTheirNeighbours() {
    double with = meanPull(1e5);
    double without = meanPull(1e12);
    assertThat(without).isGreaterThan(1);
    assertThat(Math.abs(with)).isLessThan(0.5);
  }
}
