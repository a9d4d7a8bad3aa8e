package io.github.starlane.core.astrometry.solve;

import static io.github.starlane.core.astrometry.solve.SyntheticField.HEIGHT;
import static io.github.starlane.core.astrometry.solve.SyntheticField.SCALE;
import static io.github.starlane.core.astrometry.solve.SyntheticField.SETTINGS;
import static io.github.starlane.core.astrometry.solve.SyntheticField.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.astrometry.refcat.ReferenceCatalog;
import io.github.starlane.core.astrometry.wcs.TangentPlane;
import io.github.starlane.core.astrometry.wcs.Wcs;
import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.testdata.PixelPoint;
import io.github.starlane.testdata.SkyPoint;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AstrometricSolverTest {
  private static final AstrometricSolver SOLVER = new AstrometricSolver(SETTINGS);

  private static Optional<AstrometricSolution> blind(
      SyntheticField field, double east, double north) {
    return blind(field, field.pointing(east, north), field.catalog);
  }

  private static Optional<AstrometricSolution> blind(
      SyntheticField field, double[] pointing, ReferenceCatalog catalog) {
    return SOLVER.solveBlind(field.sources, SyntheticField.size(), pointing, SCALE, catalog);
  }

  /** Largest distance from the true place over the image [pixel]. */
  private static double worst(SyntheticField field, Wcs wcs) {
    double worst = 0;
    for (int k = 0; k < 49; k++) {
      double x = 50 + (k % 7) * (WIDTH - 100) / 6.0;
      double y = 50 + (k / 7) * (HEIGHT - 100) / 6.0;
      SkyPoint sky = field.truth.toSky(new PixelPoint(x, y));
      double[] found = wcs.toSky(x, y);
      worst =
          Math.max(
              worst,
              TangentPlane.separation(sky.ra(), sky.dec(), found[0], found[1]) * 3600 / SCALE);
    }
    return worst;
  }

  private static void assertRight(SyntheticField field, AstrometricSolution solution) {
    assertThat(worst(field, solution.wcs())).isLessThan(0.1);
    int right = 0;
    double chi = 0;
    for (int k = 0; k < solution.count(); k++) {
      int source = solution.source()[k];
      right += field.starOf[source] == solution.reference()[k] ? 1 : 0;
      double error = field.sources.get(SourceColumn.X_ERROR)[source];
      double variance = error * error + 1e-4;
      double dx = solution.residualX()[k];
      double dy = solution.residualY()[k];
      chi += (dx * dx + dy * dy) / variance;
    }
    assertThat(right).isGreaterThan((int) (0.99 * solution.count()));
    assertThat(solution.count()).isGreaterThan((int) (0.5 * field.sources.count()));
    assertThat(chi / (2 * solution.count())).isBetween(0.75, 1.1);
  }

  @ParameterizedTest
  @CsvSource({
    "120, 30, 0, false, 0",
    "120, 30, 37, true, 12",
    "0.1, -45, 181, false, 12",
    "300, 60, 271, true, 5",
    "45, 0, 93, false, 5"
  })
  void solvesBlind(double ra, double dec, double degrees, boolean mirrored, int saturated) {
    SyntheticField field =
        new SyntheticField(3, new SkyPoint(ra, dec), degrees, mirrored, saturated);
    AstrometricSolution solution = blind(field, 0.28, -0.28).orElseThrow();
    assertRight(field, solution);
    double rms = solution.rms() / SCALE;
    assertThat(rms).isLessThan(0.15);
  }

  @Test
  void theParityIsThatOfTheSky() {
    for (boolean mirrored : new boolean[] {false, true}) {
      SyntheticField field = new SyntheticField(5, new SkyPoint(10, 20), 15, mirrored, 0);
      double[] cd = blind(field, 0.1, 0.1).orElseThrow().wcs().cd();
      assertThat(Math.signum(cd[0] * cd[3] - cd[1] * cd[2])).isEqualTo(mirrored ? 1 : -1);
    }
  }

  @Test
  void aCatalogueOfAnotherPartOfTheSkyIsRejected() {
    SyntheticField field = new SyntheticField(3, new SkyPoint(120, 30), 37, false, 0);
    SyntheticField elsewhere = new SyntheticField(4, new SkyPoint(170, -10), 37, false, 0);
    assertThat(blind(field, field.pointing(0, 0), elsewhere.catalog)).isEmpty();
    assertThat(blind(field, elsewhere.pointing(0, 0), elsewhere.catalog)).isEmpty();
  }

  @Test
  void aWrongGuessIsRejected() {
    int solved = 0;
    for (int seed = 0; seed < 50; seed++) {
      SyntheticField field = new SyntheticField(seed, new SkyPoint(120, 30), 37, false, 0);
      SyntheticField other = new SyntheticField(1000 + seed, new SkyPoint(120, 30), 37, false, 0);
      Wcs guess = guess(field, 0, 0);
      solved +=
          SOLVER
                  .solveNear(field.sources, SyntheticField.size(), guess, other.catalog, 400)
                  .isPresent()
              ? 1
              : 0;
    }
    assertThat(solved).isZero();
  }

  /** The truth without distortion, off by a shift [pixel]. */
  private static Wcs guess(SyntheticField field, double dx, double dy) {
    double[] cd = field.truth.cd().stream().mapToDouble(Double::doubleValue).toArray();
    SkyPoint centre = field.truth.centre();
    PixelPoint reference = field.truth.reference();
    return Wcs.tan(
        new TangentPlane(centre.ra(), centre.dec()), reference.x() + dx, reference.y() + dy, cd);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "300, -250", "-390, 390"})
  void solvesFromAGuessThatIsShifted(double dx, double dy) {
    SyntheticField field = new SyntheticField(8, new SkyPoint(359.9, 5), 200, true, 8);
    Wcs guess = guess(field, dx, dy);
    assertRight(
        field,
        SOLVER
            .solveNear(field.sources, SyntheticField.size(), guess, field.catalog, 400)
            .orElseThrow());
  }

  @Test
  void noSourcesOrNoStarsAreNoSolution() {
    SyntheticField field = new SyntheticField(3, new SkyPoint(120, 30), 37, false, 0);
    ReferenceCatalog none = field.catalog.select(new int[0]);
    assertThat(blind(field, field.pointing(0, 0), none)).isEmpty();
    assertThat(
            SOLVER.solveNear(field.sources, SyntheticField.size(), guess(field, 0, 0), none, 400))
        .isEmpty();
    assertThat(
            SOLVER.solveBlind(
                field.sources.select(new int[0]),
                SyntheticField.size(),
                field.pointing(0, 0),
                SCALE,
                field.catalog))
        .isEmpty();
  }
}
