package io.github.starlane.kernels.resample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MappingTest {

  /** Nodes as far apart as the coadds have them. */
  private static final int STEP = 32;

  private static final int CROP = 1716;

  @Test
  void betweenNodesADistortionIsKeptToAThousandthOfAPixel() {
    assertThat(largestError(true)).isBetween(1e-4, 1e-3);
  }

  @Test
  void rowsForVectorsAreTheSamePositions() {
    assertThat(largestError(false)).isLessThan(1e-3);
    assertThat(largestDifference()).isLessThan(1e-5);
  }

  /**
   * A turn and the radial and tangential terms of a TPV polynomial that move the corner of a field
   * of 9576 x 6388 pixels by 12 pixels, in the crop at that corner.
   */
  private static void distort(double x, double y, double[] out) {
    double u = (x + 9576 - CROP - 4787.5) / 5755;
    double v = (y + 6388 - CROP - 3193.5) / 5755;
    double square = u * u + v * v;
    double radial = 10 * square + 2 * square * square;
    out[0] = x + 3.2 - 2e-3 * y + u * radial + 0.5 * (square + 2 * u * u);
    out[1] = y - 1.7 + 2e-3 * x + v * radial + 1.0 * u * v;
  }

  /** Between the rows for vectors and the plain ones. */
  private static double largestDifference() {
    Mapping mapping = Mapping.tabulate(CROP, CROP, STEP, MappingTest::distort);
    MappingRow row = new MappingRow(CROP);
    LanePositions lanes = new LanePositions(mapping);
    double largest = 0;
    for (int y = 7; y < CROP; y += 9) {
      row.fill(mapping, y);
      lanes.fill(y);
      for (int x = 0; x < CROP; x++) {
        double dx = lanes.column[x] + (double) lanes.phaseX[x] - row.inputX[x];
        double dy = lanes.row[x] + (double) lanes.phaseY[x] - row.inputY[x];
        largest = Math.max(largest, Math.hypot(dx, dy));
      }
    }
    return largest;
  }

  private static double largestError(boolean plain) {
    Mapping mapping = Mapping.tabulate(CROP, CROP, STEP, MappingTest::distort);
    MappingRow row = new MappingRow(CROP);
    LanePositions lanes = new LanePositions(mapping);
    double[] exact = new double[2];
    double largest = 0;
    for (int y = 7; y < CROP; y += 9) {
      row.fill(mapping, y);
      lanes.fill(y);
      for (int x = 0; x < CROP; x++) {
        distort(x, y, exact);
        double gotX = plain ? row.inputX[x] : lanes.column[x] + (double) lanes.phaseX[x];
        double gotY = plain ? row.inputY[x] : lanes.row[x] + (double) lanes.phaseY[x];
        largest = Math.max(largest, Math.hypot(gotX - exact[0], gotY - exact[1]));
      }
    }
    return largest;
  }
}
