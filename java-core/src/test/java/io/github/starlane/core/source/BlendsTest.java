package io.github.starlane.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlendsTest {

  @Test
  void aChainOfNeighboursIsOneGroup() {
    SourceTable table =
        new SourceTable(6)
            .set(SourceColumn.X, new double[] {50, 10, 13, 16, 90, 92})
            .set(SourceColumn.Y, new double[] {50, 10, 10, 11, 90, Double.NaN});
    new Blends(4).add(table);
    assertThat(table.get(SourceColumn.NEIGHBOURS)).containsExactly(0, 1, 2, 1, 0, 0);
    assertThat(table.get(SourceColumn.GROUP)).containsExactly(0, 2, 2, 2, 0, 0);
  }
}
