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

  /** Its light is not that of a star; taken for a halo, it would leave an edge far out. */
  @Test
  void aGalaxyHasNoHalo() {
    SimulatedImage image = new SimulatedImage(700, 700, 10);
    image.grid(70, 3000, 60_000);
    // A bulge, and an exponential disc of 3 million electrons.
    image.add((x, y) -> 15_000 * Math.exp(-Math.hypot(x - 345, y - 350) / 3));
    image.add((x, y) -> 760 * Math.exp(-Math.hypot(x - 345, y - 350) / 25));
    float[] left = image.expose().residual();
    double inside = meanLight(left, 135, 149);
    double outside = meanLight(left, 152, 166);
    assertThat(Math.abs(inside - outside)).isLessThan(2);
  }

  private static double meanLight(float[] pixels, double from, double to) {
    return IntStream.range(0, pixels.length)
        .filter(k -> Float.isFinite(pixels[k]))
        .filter(k -> Math.hypot(k % 700 - 345, k / 700 - 350) > from)
        .filter(k -> Math.hypot(k % 700 - 345, k / 700 - 350) < to)
        .mapToDouble(k -> pixels[k])
        .average()
        .orElseThrow();
  }
}
