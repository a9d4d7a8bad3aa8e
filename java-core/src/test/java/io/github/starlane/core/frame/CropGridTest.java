package io.github.starlane.core.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.starlane.core.fits.Section;
import io.github.starlane.core.fits.TestFits;
import io.github.starlane.core.instrument.InstrumentProfiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropGridTest {
  private static final CropGrid.Layout LAYOUT = new CropGrid.Layout(1716, 0.09);

  @Test
  void everyPixelBelongsToExactlyOneCrop() {
    Random random = new Random(12);
    for (int i = 0; i < 200; i++) {
      int width = 1 + random.nextInt(700);
      int height = 1 + random.nextInt(700);
      int size = 20 + random.nextInt(300);
      CropGrid.Layout layout = new CropGrid.Layout(size, 0.3 * random.nextDouble());
      CropGrid grid = CropGrid.of(width, height, layout);
      int[] owners = new int[width * height];
      for (Crop crop : grid.crops()) {
        assertThat(crop.section().fits(width, height)).isTrue();
        assertThat(contains(crop.section(), crop.unique())).isTrue();
        count(owners, width, crop.unique());
      }
      assertThat(owners).as("%d x %d by %s", width, height, layout).containsOnly(1);
    }
  }

  private static void count(int[] owners, int width, Section u) {
    for (int y = u.y(); y < u.y() + u.height(); y++) {
      for (int x = u.x(); x < u.x() + u.width(); x++) {
        owners[y * width + x]++;
      }
    }
  }

  private static boolean contains(Section outer, Section inner) {
    return inner.x() >= outer.x()
        && inner.y() >= outer.y()
        && inner.x() + inner.width() <= outer.x() + outer.width()
        && inner.y() + inner.height() <= outer.y() + outer.height();
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

  @ParameterizedTest
  @CsvSource({
    "800, 800, 1",
    "2048, 2040, 1",
    "2060, 2040, 2",
    "2400, 2040, 2",
    "4096, 4096, 9",
    "9600, 6400, 24"
  })
  void smallFramesStayWholeAndLargeOnesAreDivided(int width, int height, int crops) {
    CropGrid grid = CropGrid.of(width, height, LAYOUT);
    assertThat(grid.crops()).hasSize(crops);
    assertThat(grid.crops())
        .allSatisfy(
            c ->
                assertThat(Math.max(c.section().width(), c.section().height()))
                    .isLessThanOrEqualTo((int) (1.25 * 1716)));
  }

  /** The grid that LAST's users know: starts and unique cores, 1-based as they write them. */
  @Test
  void last(@TempDir Path folder) throws IOException {
    int[] x1 = {1, 1558, 3116, 4673};
    int[] coreX1 = {1, 1638, 3195, 4753};
    int[] coreX2 = {1637, 3194, 4752, 6388};
    int[] y1 = {1, 1573, 3145, 4717, 6289, 7861};
    int[] coreY1 = {1, 1645, 3217, 4789, 6361, 7933};
    int[] coreY2 = {1644, 3216, 4788, 6360, 7932, 9576};

    CropGrid grid = CropGrid.of(fullFrame(folder), LAYOUT);

    assertThat(grid.width()).isEqualTo(6388);
    assertThat(grid.height()).isEqualTo(9576);
    assertThat(grid.crops()).hasSize(24);
    for (int k = 0; k < 24; k++) {
      Crop crop = grid.crops().get(k);
      int i = k % 4;
      int j = k / 4;
      assertThat(crop.id()).isEqualTo(k + 1);
      assertThat(crop.section().toLast())
          .isEqualTo("[%d %d %d %d]", x1[i], x1[i] + 1715, y1[j], y1[j] + 1715);
      assertThat(crop.unique().toLast())
          .isEqualTo("[%d %d %d %d]", coreX1[i], coreX2[i], coreY1[j], coreY2[j]);
    }
  }

  /** A frame of full size; sparse, as only its header is read. */
  private static Exposure fullFrame(Path folder) throws IOException {
    Path path =
        new TestFits()
            .card("SIMPLE", "T")
            .shape(16, 6422, 9600)
            .card("PROJNAME", "'LAST.01.02.03'")
            .end()
            .write(folder.resolve("frame.fits"));
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(2880 + 6422L * 9600 * 2 + 2879);
    }
    return new ExposureReader(InstrumentProfiles.builtIn()).read(path);
  }
}
