package io.github.starlane.core.astrometry.refcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.fits.FitsCards;
import io.github.starlane.core.fits.FitsException;
import io.github.starlane.core.fits.FitsWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceCatalogTest {
  /** 2026-01-01, ten Julian years and a fraction of a day after J2016.0. */
  private static final double JD_2026 = 2451545.0 + 26 * 365.25;

  @TempDir private Path folder;

  private final Map<String, double[]> columns = new LinkedHashMap<>();

  private ReferenceCatalog read(double julianDate, FitsCards cards) {
    List<FitsWriter.Column> list = new ArrayList<>();
    columns.forEach((name, values) -> list.add(new FitsWriter.Column(name, "", "", "", values)));
    Path file = folder.resolve("stars.fits");
    new FitsWriter().cardsOnly(new FitsCards()).table("STARS", list, cards).write(file);
    return ReferenceCatalog.read(file, julianDate);
  }

  @Test
  void starsMoveToTheEpochOfTheExposures() {
    columns.put("RA", new double[] {10, 20, 30});
    columns.put("DEC", new double[] {60, 0, -30});
    columns.put("PMRA", new double[] {1000, Double.NaN, 0});
    columns.put("PMDEC", new double[] {-500, 100, Double.NaN});
    columns.put("MAG_G", new double[] {10, 11, 12});
    ReferenceCatalog catalog = read(JD_2026, new FitsCards());
    // Ten years; PMRA is the motion on the sky, which at +60° is twice as much in RA.
    assertThat(catalog.ra()[0]).isCloseTo(10 + 2 * 10.0 / 3600, within(1e-9));
    assertThat(catalog.dec()[0]).isCloseTo(60 - 5.0 / 3600, within(1e-9));
    assertThat(catalog.ra()[1]).isEqualTo(20);
    assertThat(catalog.dec()[1]).isCloseTo(1.0 / 3600, within(1e-9));
    assertThat(catalog.ra()[2]).isEqualTo(30);
    assertThat(catalog.dec()[2]).isEqualTo(-30);
  }

  @Test
  void theEpochOfTheCatalogueIsInItsHeader() {
    columns.put("RA", new double[] {10});
    columns.put("DEC", new double[] {0});
    columns.put("PMRA", new double[] {0});
    columns.put("PMDEC", new double[] {3600});
    ReferenceCatalog catalog =
        read(JD_2026, new FitsCards().put("EPOCH", 2000.0, "epoch of the positions"));
    assertThat(catalog.dec()[0]).isCloseTo(26 / 1000.0, within(1e-9));
  }

  @Test
  void anUnknownDateMovesNothing() {
    columns.put("RA", new double[] {10});
    columns.put("DEC", new double[] {5});
    columns.put("PMRA", new double[] {1000});
    columns.put("PMDEC", new double[] {1000});
    ReferenceCatalog catalog = read(Double.NaN, new FitsCards());
    assertThat(catalog.ra()).containsExactly(10);
    assertThat(catalog.dec()).containsExactly(5);
  }

  @Test
  void whatTheCatalogueDoesNotHaveIsNaN() {
    columns.put("RA", new double[] {10, 11});
    columns.put("DEC", new double[] {5, 6});
    ReferenceCatalog catalog = read(JD_2026, new FitsCards());
    assertThat(catalog.count()).isEqualTo(2);
    assertThat(catalog.ra()).containsExactly(10, 11);
    assertThat(catalog.magnitude()).containsOnly(Double.NaN);
    assertThat(catalog.colour()).containsOnly(Double.NaN);
    assertThat(catalog.positionError()).containsOnly(Double.NaN);
  }

  @Test
  void aTableWithoutPositionsIsRefused() {
    columns.put("RA", new double[] {10, 11});
    assertThatThrownBy(() -> read(JD_2026, new FitsCards()))
        .isInstanceOf(FitsException.class)
        .hasMessageContaining("DEC");
  }

  @Test
  void theBrightestStarsComeFirstAndUnknownMagnitudesLast() {
    columns.put("RA", new double[] {1, 2, 3, 4});
    columns.put("DEC", new double[] {0, 0, 0, 0});
    columns.put("MAG", new double[] {15, Double.NaN, 9, 12});
    columns.put("MAG_BP", new double[] {15.5, 1, 10, 13});
    columns.put("MAG_RP", new double[] {15, 1, 8, 12});
    columns.put("RA_ERR", new double[] {3, 0, 6, 1});
    columns.put("DEC_ERR", new double[] {4, 0, 8, 1});
    ReferenceCatalog catalog = read(JD_2026, new FitsCards());
    assertThat(catalog.ra()).containsExactly(3, 4, 1, 2);
    assertThat(catalog.colour()).containsExactly(2, 1, 0.5, 0);
    assertThat(catalog.positionError()[0]).isCloseTo(Math.sqrt(50), within(1e-12));
    assertThat(catalog.positionError()[2]).isCloseTo(Math.sqrt(12.5), within(1e-12));
  }

  @Test
  void aConeCrossesTheMeridianAndThePole() {
    ReferenceCatalog catalog =
        new ReferenceCatalog(
            "",
            new double[] {359.9, 0.1, 1.5, 180, 40},
            new double[] {0, 0, 0, 89.5, 89.9},
            new double[5],
            new double[5],
            new double[5]);
    assertThat(catalog.within(0, 0, 1)).containsExactly(0, 1);
    assertThat(catalog.within(0, 89.8, 1)).containsExactly(3, 4);
    assertThat(catalog.within(0, 90, 0.2)).containsExactly(4);
  }
}
