package io.github.starlane.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looks at the numbers in raw frames the way a camera is measured in the laboratory. */
class FrameStatisticsTest {
  private static final int SIDE = 256;

  @TempDir Path folder;

  private static SimulationParameters plain() {
    return SimulationParameters.tiny().toBuilder()
        .lightArea(SIDE, SIDE)
        .exposures(1, 2, 2)
        .stars(StarParameters.defaults().withDensity(0).withVariablesAndMovers(0, 0, 0))
        .detector(DetectorParameters.defaults().cosmeticallyPerfect())
        .events(EventParameters.none())
        .build();
  }

  private SimulatedVisit run(SimulationParameters p) {
    return Simulation.run(p, folder, 2, SimulationProgress.SILENT);
  }

  private static double[] light(Path path) {
    int[][] counts = WrittenFits.pixels(path);
    double[] values = new double[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = counts[24 + i / SIDE][i % SIDE];
    }
    return values;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }

  @Test
  void darksHaveBiasDarkCurrentAndReadNoise() {
    double dark = 0.5;
    SimulationParameters p = plain().with("detector.darkCurrent", Double.toString(dark));
    double[] values = light(run(p).darks().getFirst());
    assertThat(mean(values)).isCloseTo(100 + 20 * dark / 0.9, within(0.1));
    // Read noise, Poisson noise of the dark current, its spread of 30 %, and rounding.
    double expected =
        (3.5 * 3.5 + 20 * dark + Math.pow(0.3 * 20 * dark, 2)) / (0.9 * 0.9) + 1.0 / 12;
    assertThat(variance(values)).isCloseTo(expected, within(0.03 * expected));
  }

  @Test
  void noiseOfTwoFramesIsIndependent() {
    SimulatedVisit visit = run(plain());
    double[] a = light(visit.darks().get(0));
    double[] b = light(visit.darks().get(1));
    double meanA = mean(a);
    double meanB = mean(b);
    double product = 0;
    for (int i = 0; i < a.length; i++) {
      product += (a[i] - meanA) * (b[i] - meanB) / a.length;
    }
    double correlation = product / Math.sqrt(variance(a) * variance(b));
    assertThat(correlation).isCloseTo(0, within(5 / Math.sqrt(a.length)));
  }

  @ParameterizedTest
  @CsvSource({"0.9, 3.5, 10", "2.0, 12, 3", "0.5, 1.0, 0.5"})
  void skyFramesGiveGainAndReadNoiseBack(double gain, double readNoise, double skyRate) {
    SimulationParameters p =
        plain()
            .with("detector.gain", Double.toString(gain))
            .with("detector.readNoise", Double.toString(readNoise))
            .with("detector.darkCurrent", "0")
            .with("sky.level", Double.toString(skyRate))
            .with("sky.gradientX", "0")
            .with("sky.gradientY", "0");
    double[] values = light(run(p).science().getFirst());
    double electrons = 20 * skyRate;
    double variance = (electrons + readNoise * readNoise) / (gain * gain) + 1.0 / 12;
    double error = Math.sqrt(variance / values.length);
    assertThat(mean(values)).isCloseTo(100 + electrons / gain, within(5 * error));
    double relative = Math.sqrt(2.0 / values.length);
    assertThat(variance(values)).isCloseTo(variance, within(5 * relative * variance));
  }

  @Test
  void skyHasTheGradientAskedFor() {
    SimulationParameters p =
        plain().with("sky.gradientX", "0.5").with("sky.gradientY", "-0.2").with("sky.level", "100");
    int[][] counts = WrittenFits.pixels(run(p).science().getFirst());
    double left = SimulationTest.mean(counts, 0, 32, 24, 280) - 100;
    double right = SimulationTest.mean(counts, 224, 256, 24, 280) - 100;
    double bottom = SimulationTest.mean(counts, 0, 256, 24, 56) - 100;
    double top = SimulationTest.mean(counts, 0, 256, 248, 280) - 100;
    double lever = 224.0 / 256;
    assertThat((right - left) / 2222.2).isCloseTo(0.5 * lever, within(0.003));
    assertThat((top - bottom) / 2222.2).isCloseTo(-0.2 * lever, within(0.003));
  }

  @Test
  void saturatedPixelsStopAtTheClipLevelAndAreFlagged() {
    SimulationParameters p =
        plain().toBuilder().stars(new StarParameters(20000, 12, 0.3, 6, 12, 13, 0, 0, 0)).build();
    SimulatedVisit visit = run(p);
    int[][] counts = WrittenFits.pixels(visit.science().getFirst());
    int highest = Arrays.stream(counts).flatMapToInt(Arrays::stream).max().orElseThrow();
    assertThat(highest).isEqualTo(62500);
    double[] x = WrittenFits.column(visit.truthEpochs(), "DETECTIONS", "X");
    double[] y = WrittenFits.column(visit.truthEpochs(), "DETECTIONS", "Y");
    double[] near = WrittenFits.column(visit.truthEpochs(), "DETECTIONS", "NEIGHBOUR");
    double[] flagged = WrittenFits.column(visit.truthEpochs(), "DETECTIONS", "SATURATED");
    int saturated = 0;
    int isolated = 0;
    for (int i = 0; i < x.length; i++) {
      int peak = counts[(int) Math.rint(y[i]) - 1][(int) Math.rint(x[i]) - 1];
      if (near[i] > 15 && Math.abs(peak - 60000) > 2000) {
        isolated++;
        assertThat(peak >= 60000).isEqualTo(flagged[i] == 1);
      }
      saturated += (int) flagged[i];
    }
    assertThat(isolated).isGreaterThan(20);
    assertThat(saturated).isBetween(5, x.length - 5);
  }

  @Test
  void nonLinearityTakesTheStatedFractionAwayAtSaturation() {
    SimulationParameters linear = plain();
    double[] straight = light(run(linear).flats().getFirst());
    double[] bent = light(run(linear.with("detector.nonLinearity", "0.04")).flats().getFirst());
    double signal = mean(straight) - 100;
    // The loss grows linearly with the signal, up to the fraction asked for.
    assertThat((mean(bent) - 100) / signal).isCloseTo(1 - 0.04 * signal / 60000, within(3e-4));
  }

  @Test
  void flatsShowVignettingResponseAndDeadColumns() {
    SimulationParameters p = plain().toBuilder().detector(DetectorParameters.defaults()).build();
    SimulatedVisit visit = run(p);
    double[] flat = light(visit.flats().getFirst());
    double[] dark = light(visit.darks().getFirst());
    int middle = SIDE * SIDE / 2 + SIDE / 2;
    double centre = 0;
    double corner = 0;
    for (int y = 0; y < 12; y++) {
      for (int x = 0; x < 12; x++) {
        centre += flat[middle + (y - 6) * SIDE + x - 6] - dark[middle + (y - 6) * SIDE + x - 6];
        corner += flat[(SIDE - 1 - y) * SIDE + x] - dark[(SIDE - 1 - y) * SIDE + x];
      }
    }
    assertThat(corner / centre).isBetween(0.8, 0.92);
    double[] x = WrittenFits.column(visit.truthEvents(), "DEAD_COLUMNS", "X");
    double[] response = WrittenFits.column(visit.truthEvents(), "DEAD_COLUMNS", "RESPONSE");
    int top = (SIDE - 1) * SIDE + (int) x[0] - 1;
    double neighbour = flat[top - 1] - 100;
    assertThat((flat[top] - 100) / neighbour).isCloseTo(response[0], within(0.05));
    double[] hotX = WrittenFits.column(visit.truthEvents(), "HOT_PIXELS", "X");
    double[] hotY = WrittenFits.column(visit.truthEvents(), "HOT_PIXELS", "Y");
    double[] rate = WrittenFits.column(visit.truthEvents(), "HOT_PIXELS", "RATE");
    for (int i = 0; i < rate.length; i++) {
      double electrons = 20 * rate[i];
      double adu = Math.min(62500, 100 + electrons / 0.9);
      double seen = dark[((int) hotY[i] - 25) * SIDE + (int) hotX[i] - 1];
      assertThat(seen).isCloseTo(adu, within(6 * Math.sqrt(electrons + 13) + 5));
    }
  }
}
