package io.github.starlane.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.psf.Psf;
import io.github.starlane.core.psf.PsfShape;
import io.github.starlane.core.psf.PsfStarShapes;
import io.github.starlane.kernels.psffit.PsfModel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A PSF that is a Gaussian of σ 1.5 at the left edge and one of σ 2.5 at the right edge. */
class PsfStatisticsTest {
  private static final int WIDTH = 401;
  private static final int HEIGHT = 201;
  private static final int GRID = 161;
  private static final int OVERSAMPLING = 4;
  private static final double NARROW = 1.5;
  private static final double WIDE = 2.5;

  private static double gauss(int point, double sigma) {
    double dx = (point % GRID - GRID / 2) / (double) OVERSAMPLING;
    double dy = (point / GRID - GRID / 2) / (double) OVERSAMPLING;
    return Math.exp(-0.5 * (dx * dx + dy * dy) / (sigma * sigma)) / (2 * Math.PI * sigma * sigma);
  }

  private static Psf psf(double... stars) {
    int n = GRID * GRID;
    float[] basis = new float[3 * n];
    for (int i = 0; i < n; i++) {
      basis[i] = (float) ((gauss(i, WIDE) + gauss(i, NARROW)) / 2);
      basis[n + i] = (float) ((gauss(i, WIDE) - gauss(i, NARROW)) / 2);
    }
    PsfModel model =
        new PsfModel(
            GRID, OVERSAMPLING, 1, (WIDTH - 1) / 2.0, (HEIGHT - 1) / 2.0, (WIDTH - 1) / 2.0, basis);
    double[] x = new double[stars.length / 2];
    double[] y = new double[stars.length / 2];
    for (int i = 0; i < stars.length; i++) {
      (i % 2 == 0 ? x : y)[i / 2] = stars[i];
    }
    Map<PsfStarShapes.Quantity, double[]> values = new EnumMap<>(PsfStarShapes.Quantity.class);
    for (PsfStarShapes.Quantity quantity : PsfStarShapes.Quantity.values()) {
      values.put(quantity, new double[x.length]);
    }
    PsfShape shape = new PsfShape(4.7, 4, 4, 0, 0, 0, 0.02, 0.04, 1, 0, 0, 4.7, 4.7, 0, Set.of());
    return new Psf(
        model, shape, (WIDTH - 1) / 2.0, (HEIGHT - 1) / 2.0, 0, new PsfStarShapes(x, y, values));
  }

  private static PsfStatistics statistics(SourceTable sources, double... stars) {
    Psf psf = psf(stars);
    return PsfStatistics.of(psf, new PsfPlaces(psf, WIDTH, HEIGHT), sources, WIDTH, HEIGHT);
  }

  @Test
  void momentsAreThoseOfThePlace() {
    PsfPlaces places = new PsfPlaces(psf(), WIDTH, HEIGHT);
    assertThat(places.moments(0, 0)[0]).isCloseTo(NARROW * NARROW, within(0.01));
    assertThat(places.moments(WIDTH - 1, HEIGHT - 1)[1]).isCloseTo(WIDE * WIDE, within(0.01));
    assertThat(places.moments(WIDTH + 50, -9)[0]).isCloseTo(WIDE * WIDE, within(0.01));
    assertThat(places.moments(300, 20)[2]).isCloseTo(0, within(1e-6));
    double left = places.moments(100, 77)[0];
    double right = places.moments(200, 77)[0];
    assertThat(places.moments(150, 33)[0]).isCloseTo((left + right) / 2, within(1e-9));
    assertThat(right).isGreaterThan(left + 0.3);
  }

  @Test
  void rangesAreFromCornerToCorner() {
    PsfStatistics statistics = statistics(new SourceTable(0));
    assertThat(statistics.sizeRange()).isCloseTo(WIDE - NARROW, within(0.005));
    // In the middle σ = 2: light within 6 pixels.
    double light = Math.exp(-0.5 * 36 / (WIDE * WIDE)) - Math.exp(-0.5 * 36 / (NARROW * NARROW));
    assertThat(statistics.lightRange()).isCloseTo(light, within(0.002));
  }

  @Test
  void theFarthestPlaceIsFound() {
    assertThat(statistics(new SourceTable(0), 0, 0).farthest())
        .isCloseTo(Math.hypot(WIDTH - 1, HEIGHT - 1), within(1e-9));
    // The corners of the other side; a star outside the image counts.
    assertThat(statistics(new SourceTable(0), 0, 100, 500, 100).farthest())
        .isCloseTo(Math.hypot(250, 100), within(5.0));
    assertThat(statistics(new SourceTable(0)).farthest()).isNaN();
  }

  @Test
  void theApertureCorrectionIsThatOfTheLargestAperture() {
    SourceTable sources =
        new SourceTable(3)
            .set(SourceColumn.APERTURE_CORRECTION_1, new double[] {2, 3, 4})
            .set(SourceColumn.APERTURE_CORRECTION_3, new double[] {1.3, Double.NaN, 1.1});
    assertThat(statistics(sources).correctionRange()).isCloseTo(0.2 / 2, within(1e-9));
    assertThat(statistics(new SourceTable(0)).correctionRange()).isNaN();
  }
}
