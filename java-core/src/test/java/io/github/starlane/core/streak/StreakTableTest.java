package io.github.starlane.core.streak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StreakTableTest {

  static Streak streak(StreakKind kind) {
    StreakEnd first = new StreakEnd(100, 200, 0.3, 0.4, true);
    StreakEnd second = new StreakEnd(400, 600, 0.6, 0.8, false);
    return new Streak(first, second, 3.2, 0.1, 70, 50, 1, 1.1, kind);
  }

  @Test
  void rowsHaveShapeLightAndSky() {
    StreakTable table = new StreakTable();
    // 1.25 arcsec per pixel at declination 60, east to the left.
    SkyPosition sky =
        (x, y) -> new double[] {200 - x * 1.25 / 3600 / 0.5, 60 + (y - 400) * 1.25 / 3600};
    table.add(
        List.of(
            streak(StreakKind.DIFFRACTION_SPIKE),
            streak(StreakKind.STREAK),
            streak(StreakKind.BLEED_OR_COLUMN)),
        new StreakTable.Image(4, 7, 2460000.5, 20, sky));
    assertThat(table.count()).isEqualTo(1);
    assertThat(table.get(StreakColumn.EPOCH)).containsExactly(4);
    assertThat(table.get(StreakColumn.CROP)).containsExactly(7);
    assertThat(table.get(StreakColumn.X_1)).containsExactly(100);
    assertThat(table.get(StreakColumn.Y_2)).containsExactly(600);
    assertThat(table.get(StreakColumn.EDGE_1)).containsExactly(1);
    assertThat(table.get(StreakColumn.EDGE_2)).containsExactly(0);
    assertThat(table.get(StreakColumn.LENGTH)).containsExactly(500);
    assertThat(table.get(StreakColumn.ANGLE)[0]).isCloseTo(53.1301, within(1e-4));
    assertThat(table.get(StreakColumn.FLUX)).containsExactly(25000);
    // Errors of the ends along the streak, and 500 from the flux per length.
    double first = Math.hypot(0.6 * 0.3, 0.8 * 0.4);
    double second = Math.hypot(0.6 * 0.6, 0.8 * 0.8);
    assertThat(table.get(StreakColumn.FLUX_ERROR)[0])
        .isCloseTo(Math.hypot(500, 50 * Math.hypot(first, second)), within(1e-6));
    assertThat(table.get(StreakColumn.RA_1)[0]).isCloseTo(200 - 250.0 / 3600, within(1e-9));
    assertThat(table.get(StreakColumn.ANGULAR_LENGTH)[0]).isCloseTo(625, within(1.0));
    assertThat(table.get(StreakColumn.RATE)[0]).isCloseTo(625 / 20.0, within(0.05));
    // To the north and, to the right, to the west.
    assertThat(table.get(StreakColumn.POSITION_ANGLE)[0]).isCloseTo(360 - 36.87, within(0.2));
  }

  @Test
  void withoutWorldCoordinatesTheSkyIsUnknown() {
    StreakTable table = new StreakTable();
    table.add(List.of(streak(StreakKind.STREAK)), new StreakTable.Image(1, 1, 2460000.5, 20, null));
    assertThat(table.get(StreakColumn.RA_1)[0]).isNaN();
    assertThat(table.get(StreakColumn.RATE)[0]).isNaN();
    assertThat(table.get(StreakColumn.SN)).containsExactly(70);
  }

  @Test
  void withoutExposureTimeTheRateIsUnknown() {
    StreakTable table = new StreakTable();
    table.add(
        List.of(streak(StreakKind.STREAK)),
        new StreakTable.Image(1, 1, 2460000.5, 0, (x, y) -> new double[] {x / 1000, y / 1000}));
    assertThat(table.get(StreakColumn.RATE)[0]).isNaN();
    assertThat(table.get(StreakColumn.ANGULAR_LENGTH)[0]).isCloseTo(1800, within(0.1));
  }
}
