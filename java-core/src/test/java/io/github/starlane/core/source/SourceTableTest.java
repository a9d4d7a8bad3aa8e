package io.github.starlane.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SourceTableTest {

  @Test
  void columnsComeInTheOrderOfTheDictionary() {
    SourceTable table =
        new SourceTable(2)
            .set(SourceColumn.RA, new double[] {1, 2})
            .set(SourceColumn.X, new double[] {3, 4});
    assertThat(table.columns()).containsExactly(SourceColumn.X, SourceColumn.RA);
    assertThat(table.has(SourceColumn.X)).isTrue();
    assertThat(table.has(SourceColumn.Y)).isFalse();
    assertThat(table.get(SourceColumn.RA)).containsExactly(1, 2);
  }

  @Test
  void aColumnThatWasNeverMeasuredIsNamed() {
    assertThatThrownBy(() -> new SourceTable(1).get(SourceColumn.MAG_PSF))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("MAG_PSF");
  }

  @Test
  void aColumnOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> new SourceTable(3).set(SourceColumn.X, new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 values for 3 sources");
  }

  @Test
  void selectingPicksRowsInTheGivenOrder() {
    SourceTable table =
        new SourceTable(4)
            .set(SourceColumn.X, new double[] {0, 1, 2, 3})
            .set(SourceColumn.Y, new double[] {10, 11, 12, 13});
    SourceTable part = table.select(new int[] {3, 0, 3});
    assertThat(part.count()).isEqualTo(3);
    assertThat(part.get(SourceColumn.X)).containsExactly(3, 0, 3);
    assertThat(part.get(SourceColumn.Y)).containsExactly(13, 10, 13);
    part.get(SourceColumn.X)[0] = 99;
    assertThat(table.get(SourceColumn.X)[3]).isEqualTo(3);
    assertThat(table.select(new int[0]).columns()).isEqualTo(table.columns());
  }

  @Test
  void namesAreUniqueAndPositionsArePixels() {
    assertThat(Arrays.stream(SourceColumn.values()).map(SourceColumn::fitsName))
        .doesNotHaveDuplicates();
    assertThat(Arrays.stream(SourceColumn.values()).filter(SourceColumn::isPixelPosition))
        .containsExactly(
            SourceColumn.X_PEAK,
            SourceColumn.Y_PEAK,
            SourceColumn.X1,
            SourceColumn.Y1,
            SourceColumn.X,
            SourceColumn.Y);
    assertThat(SourceColumn.values())
        .allSatisfy(c -> assertThat(c.ucd()).matches("[a-z][A-Za-z0-9.;]+"))
        .allSatisfy(c -> assertThat(c.description()).isNotBlank());
  }
}
