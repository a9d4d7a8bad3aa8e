package io.github.starlane.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PixelGroupsTest {

  @Test
  void diagonalNeighboursTouchAndRowsDoNotWrap() {
    int[] bits = {
      4, 0, 0, 0, 5,
      0, 4, 0, 0, 0,
      4, 0, 1, 0, 0,
    };
    PixelGroups groups = new PixelGroups(bits, 5, 4);
    assertThat(groups.groups()).hasSize(2);
    assertThat(groups.groups().get(0)).containsExactlyInAnyOrder(0, 6, 10);
    assertThat(groups.groups().get(1)).containsExactly(4);
  }

  @Test
  void aLargeGroupIsWhole() {
    int[] bits = new int[300 * 200];
    java.util.Arrays.fill(bits, 8);
    assertThat(new PixelGroups(bits, 300, 8).groups()).hasSize(1);
    assertThat(new PixelGroups(bits, 300, 8).groups().get(0)).hasSize(60_000);
  }
}
