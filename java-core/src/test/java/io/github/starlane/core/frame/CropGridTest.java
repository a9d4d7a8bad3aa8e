package io.github.starlane.core.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.fits.Section;
import java.util.List;
import org.junit.jupiter.api.Test;

class CropGridTest {
  private static final CropGrid.Layout LAYOUT = new CropGrid.Layout(1716, 0.09);

  @Test
  void everyPixelBelongsToExactlyOneCrop() {
    CropGrid grid = CropGrid.of(5000, 3111, LAYOUT);
    int[] owners = new int[5000 * 3111];
    for (Crop crop : grid.crops()) {
      Section u = crop.unique();
      for (int y = u.y(); y < u.y() + u.height(); y++) {
        for (int x = u.x(); x < u.x() + u.width(); x++) {
          owners[y * 5000 + x]++;
        }
      }
    }
    assertThat(owners).containsOnly(1);
  }

  @Test
  void cropsReachTheEdgesAndOverlapByAboutNinePercent() {
    List<Crop> crops = CropGrid.of(6388, 9576, LAYOUT).crops();
    assertThat(crops).hasSize(24);
    assertThat(crops.get(23).section().x() + crops.get(23).section().width()).isEqualTo(6388);
    assertThat(crops.get(23).section().y() + crops.get(23).section().height()).isEqualTo(9576);
    int overlap = crops.get(0).section().width() - crops.get(1).section().x();
    assertThat(overlap / (double) crops.get(0).section().width()).isBetween(0.08, 0.10);
  }

  @Test
  void smallFramesStayWhole() {
    assertThat(CropGrid.of(2048, 2040, LAYOUT).crops()).hasSize(1);
    assertThat(CropGrid.of(2400, 2040, LAYOUT).crops()).hasSizeGreaterThan(1);
  }
}
