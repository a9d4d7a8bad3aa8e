package io.github.starlane.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.starlane.core.frame.MaskBit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ApertureCorrectionTest {

  /** Stars whose correction rises along x; some are blends, some flagged, some wrong. */
  private static SourceTable table(int n) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] columns = new double[7][n];
    for (int i = 0; i < n; i++) {
      double signalToNoise = 50 + 300 * random.nextDouble();
      columns[0][i] = 1000 * random.nextDouble();
      columns[1][i] = 800 * random.nextDouble();
      columns[2][i] = signalToNoise;
      columns[3][i] = i % 10 == 0 ? 1 : 0;
      columns[4][i] = i % 10 == 1 ? MaskBit.SATURATED.bit() : 0;
      columns[5][i] = 1e4 * (1 + random.nextGaussian() / signalToNoise / 3);
      double wrong = i % 10 < 2 || i % 17 == 3 ? 1.3 : 1;
      columns[6][i] = wrong * 1e4 / truth(columns[0][i]);
    }
    return new SourceTable(n)
        .set(SourceColumn.X, columns[0])
        .set(SourceColumn.Y, columns[1])
        .set(SourceColumn.SN, columns[2])
        .set(SourceColumn.NEIGHBOURS, columns[3])
        .set(SourceColumn.FLAGS, columns[4])
        .set(SourceColumn.FLUX_PSF, columns[5])
        .set(SourceColumn.FLUX_APERTURE_1, columns[6]);
  }

  private static double truth(double x) {
    return 1.2 + 0.05 * x / 1000;
  }

  @Test
  void followsThePositionAndIsNotMisled() {
    SourceTable table = table(400);
    new ApertureCorrection(1000, 800).add(table);
    assertThat(table.has(SourceColumn.APERTURE_CORRECTION_2)).isFalse();
    double[] correction = table.get(SourceColumn.APERTURE_CORRECTION_1);
    for (int i = 0; i < table.count(); i++) {
      // 300 stars of a relative error of 0.0017: in the corners 5e-4 for six coefficients.
      assertThat(correction[i]).isCloseTo(truth(table.get(SourceColumn.X)[i]), within(0.002));
    }
  }

  @Test
  void withoutStarsItIsUnknown() {
    SourceTable table = table(2);
    new ApertureCorrection(1000, 800).add(table);
    assertThat(table.get(SourceColumn.APERTURE_CORRECTION_1)).containsOnly(Double.NaN);
  }
}
