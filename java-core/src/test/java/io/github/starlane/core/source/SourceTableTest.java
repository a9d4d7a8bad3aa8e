package io.github.starlane.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
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

  @Test
  void movedSourcesKeepAllButTheirPlaces() {
    SourceTable table =
        new SourceTable(1)
            .set(SourceColumn.X, new double[] {3})
            .set(SourceColumn.Y1, new double[] {4})
            .set(SourceColumn.X_ERROR, new double[] {0.1})
            .set(SourceColumn.MAJOR_AXIS, new double[] {2})
            .movedBy(100, 200);
    assertThat(table.get(SourceColumn.X)).containsExactly(103);
    assertThat(table.get(SourceColumn.Y1)).containsExactly(204);
    assertThat(table.get(SourceColumn.X_ERROR)).containsExactly(0.1);
    assertThat(table.get(SourceColumn.MAJOR_AXIS)).containsExactly(2);
  }

  @Test
  void joinedTablesHaveTheColumnsOfAllAndBlendsOfTheirOwn() {
    SourceTable one =
        new SourceTable(3)
            .set(SourceColumn.X, new double[] {1, 2, 3})
            .set(SourceColumn.Y, new double[] {1, 2, 3})
            .set(SourceColumn.GROUP, new double[] {0, 2, 2});
    SourceTable other =
        new SourceTable(2)
            .set(SourceColumn.X, new double[] {4, 5})
            .set(SourceColumn.GROUP, new double[] {1, 1});
    SourceTable both = SourceTable.concatenated(List.of(one, other));
    assertThat(both.columns()).containsExactly(SourceColumn.X, SourceColumn.GROUP);
    assertThat(both.get(SourceColumn.X)).containsExactly(1, 2, 3, 4, 5);
    assertThat(both.get(SourceColumn.GROUP)).containsExactly(0, 2, 2, 3, 3);
    assertThat(SourceTable.concatenated(List.of()).count()).isZero();
  }
}
