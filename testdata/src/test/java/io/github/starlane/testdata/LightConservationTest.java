package io.github.starlane.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the truth says was there is what the pixels hold. */
class LightConservationTest {
  @TempDir Path folder;

  private static SimulationParameters noSky() {
    return SimulationParameters.tiny().toBuilder()
        .exposures(1, 0, 0)
        .detector(DetectorParameters.defaults().cosmeticallyPerfect().withReadNoise(0.3))
        .stars(StarParameters.defaults().withDensity(0).withVariablesAndMovers(0, 0, 0))
        .sky(SkyParameters.defaults().withLevel(0))
        .events(EventParameters.none())
        .build();
  }

  /** Sum over the light area above the bias, in electrons. */
  private double electrons(SimulationParameters p) {
    int[][] counts =
        WrittenFits.pixels(
            Simulation.run(p, folder, 2, SimulationProgress.SILENT).science().getFirst());
    double sum = 0;
    for (int y = 24; y < 280; y++) {
      for (int x = 0; x < 256; x++) {
        sum += 0.9 * (counts[y][x] - 100) - 0.2;
      }
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(strings = {"MOFFAT", "GAUSSIAN"})
  void starsGiveTheFluxTheTruthStates(String profile) {
    SimulationParameters p =
        noSky()
            .with("stars.density", "4000")
            .with("stars.densityMagnitude", "16")
            .with("stars.brightest", "12.5")
            .with("stars.faintest", "16")
            .with("psf.profile", profile);
    double sum = electrons(p);
    double[] flux =
        WrittenFits.column(folder.resolve("truth/detections.fits"), "DETECTIONS", "FLUX");
    assertThat(flux).hasSizeGreaterThan(20);
    double truth = Arrays.stream(flux).sum();
    // Stars near the edge lose and win light: a percent; noise: 256 * sqrt(13) + sqrt(truth).
    assertThat(sum).isCloseTo(truth, within(0.01 * truth));
  }

  @Test
  void aStreakHasItsFluxPerLength() {
    SimulationParameters p = noSky().toBuilder().events(new EventParameters(0, 0, 1, 900)).build();
    double sum = electrons(p);
    Path events = folder.resolve("truth/events.fits");
    double dx =
        WrittenFits.column(events, "STREAKS", "X2")[0]
            - WrittenFits.column(events, "STREAKS", "X1")[0];
    double dy =
        WrittenFits.column(events, "STREAKS", "Y2")[0]
            - WrittenFits.column(events, "STREAKS", "Y1")[0];
    // The line goes on beyond its listed ends by half a pixel in the slower coordinate.
    double length = Math.hypot(dx, dy);
    assertThat(sum / 900).isBetween(length - 1, length + 2.5);
  }

  @Test
  void cosmicRaysDepositTheListedCharge() {
    SimulationParameters p =
        noSky().toBuilder().events(new EventParameters(600, 1500, 0, 0)).build();
    double sum = electrons(p);
    double[] charge =
        WrittenFits.column(folder.resolve("truth/events.fits"), "COSMIC_RAYS", "ELECTRONS");
    double truth = Arrays.stream(charge).sum();
    assertThat(truth).isGreaterThan(50_000);
    assertThat(sum).isCloseTo(truth, within(5 * Math.sqrt(truth + 65536 * 0.4)));
  }

  @Test
  void moversMoveAndGiveTheirFlux() {
    SimulationParameters p = noSky().with("stars.movers", "8").with("observation.epochs", "2");
    double sum = electrons(p);
    Path movers = folder.resolve("truth/movers.fits");
    double[] flux = WrittenFits.column(movers, "MOVERS", "FLUX");
    double truth = Arrays.stream(flux, 0, 8).sum();
    assertThat(sum).isCloseTo(truth, within(5 * Math.sqrt(truth + 65536 * 0.4)));
    double[] dec = WrittenFits.column(movers, "MOVERS", "DEC");
    double[] rate = WrittenFits.column(movers, "MOVERS", "RATE_DEC");
    for (int i = 0; i < 8; i++) {
      assertThat((dec[8 + i] - dec[i]) * 3600).isCloseTo(rate[i] * 20.8 / 60, within(1e-3));
    }
  }
}
