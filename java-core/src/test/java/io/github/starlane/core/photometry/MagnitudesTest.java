package io.github.starlane.core.photometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.source.SourceColumn;
import io.github.starlane.core.source.SourceTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagnitudesTest {

  /** One column of flux per kind, each with values of its own; apertures 1 and 3 only. */
  private static SourceTable fluxes() {
    return new SourceTable(3)
        .set(SourceColumn.FLUX_PSF, new double[] {1e4, 0, -5})
        .set(SourceColumn.FLUX_PSF_ERROR, new double[] {100, 10, 10})
        .set(SourceColumn.FLUX_APERTURE_1, new double[] {5e3, 50, Double.NaN})
        .set(SourceColumn.FLUX_APERTURE_ERROR_1, new double[] {50, 25, 10})
        .set(SourceColumn.FLUX_APERTURE_3, new double[] {9e3, 100, 1})
        .set(SourceColumn.FLUX_APERTURE_ERROR_3, new double[] {180, 10, 10});
  }

  @Test
  void everyFluxHasTheMagnitudeOfItsOwnLight() {
    SourceTable table = fluxes();
    Magnitudes.add(table, 25);
    assertThat(table.get(SourceColumn.MAG_PSF)[0]).isCloseTo(15, within(1e-12));
    assertThat(table.get(SourceColumn.MAG_APERTURE_1)[0])
        .isCloseTo(15 + 2.5 * Math.log10(2), within(1e-12));
    assertThat(table.get(SourceColumn.MAG_APERTURE_3)[1]).isCloseTo(20, within(1e-12));
    // 1 % is 10.857 mmag.
    assertThat(table.get(SourceColumn.MAG_PSF_ERROR)[0]).isCloseTo(0.010857, within(1e-6));
    assertThat(table.get(SourceColumn.MAG_APERTURE_ERROR_1)[0]).isCloseTo(0.010857, within(1e-6));
    assertThat(table.get(SourceColumn.MAG_APERTURE_ERROR_3)[0]).isCloseTo(0.021715, within(1e-6));
    assertThat(table.get(SourceColumn.MAG_APERTURE_ERROR_1)[1]).isCloseTo(0.54287, within(1e-5));
  }

  @Test
  void withoutLightThereIsNoMagnitude() {
    SourceTable table = fluxes();
    Magnitudes.add(table, 25);
    assertThat(table.get(SourceColumn.MAG_PSF)[1]).isNaN();
    assertThat(table.get(SourceColumn.MAG_PSF)[2]).isNaN();
    assertThat(table.get(SourceColumn.MAG_PSF_ERROR)[1]).isNaN();
    assertThat(table.get(SourceColumn.MAG_PSF_ERROR)[2]).isNaN();
    assertThat(table.get(SourceColumn.MAG_APERTURE_1)[2]).isNaN();
    assertThat(table.get(SourceColumn.MAG_APERTURE_ERROR_1)[2]).isNaN();
  }

  @Test
  void aperturesThatWereNotMeasuredHaveNone() {
    SourceTable table = fluxes();
    Magnitudes.add(table, 25);
    assertThat(table.has(SourceColumn.MAG_APERTURE_2)).isFalse();
    assertThat(table.has(SourceColumn.MAG_APERTURE_ERROR_4)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void anUnknownZeroPointAddsNothing(double zeroPoint) {
    SourceTable table = fluxes();
    Magnitudes.add(table, zeroPoint);
    assertThat(table.columns()).isEqualTo(fluxes().columns());
  }

  @Test
  void allMagnitudesOfTheDictionaryAreMade() {
    SourceTable table = new SourceTable(0);
    for (SourceColumn column : SourceColumn.values()) {
      if (column.fitsName().startsWith("FLUX")) {
        table.set(column, new double[0]);
      }
    }
    Magnitudes.add(table, 25);
    for (SourceColumn column : SourceColumn.values()) {
      assertThat(table.has(column) || !column.unit().equals("mag")).as(column.name()).isTrue();
    }
  }
}
