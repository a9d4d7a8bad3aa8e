package io.github.starlane.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StarFieldTest {
  private static final SimulationParameters DEMO = SimulationParameters.demo();

  @Test
  void countsFollowDensityAndSlope() {
    StarField field = StarField.draw(DEMO);
    TangentPlane wcs = VisitPlan.nominalWcs(DEMO);
    long bright = 0;
    long faint = 0;
    for (Star star : field.stars()) {
      PixelPoint at = wcs.toPixel(star.position());
      if (at.x() > 0 && at.y() > 0 && at.x() < 1300 && at.y() < 1200) {
        bright += star.magnitude() < 18.6 ? 1 : 0;
        faint += star.magnitude() < 19.6 ? 1 : 0;
      }
    }
    double area = 1300 * 1200 * Math.pow(1.25 / 3600, 2);
    assertThat(faint / area).isCloseTo(6500, within(4 * Math.sqrt(6500 / area)));
    assertThat(Math.log10((double) faint / bright)).isCloseTo(0.3, within(0.04));
  }

  @Test
  void starsReachATenthOfADegreeBeyondTheChip() {
    StarField field = StarField.draw(DEMO);
    TangentPlane wcs = VisitPlan.nominalWcs(DEMO);
    double lowest =
        field.stars().stream().mapToDouble(s -> wcs.toPixel(s.position()).x()).min().orElseThrow();
    assertThat(lowest).isCloseTo(-0.1 * 3600 / 1.25, within(15.0));
  }

  @Test
  void variablesAreAsManyAsAskedForAndChange() {
    StarField field = StarField.draw(DEMO);
    assertThat(field.stars())
        .filteredOn(s -> s.variability().kind() == Variability.Kind.SINUSOID)
        .hasSize(6)
        .allSatisfy(s -> assertThat(range(s)).isBetween(0.05, 1.01));
    assertThat(field.stars())
        .filteredOn(s -> s.variability().kind() == Variability.Kind.ECLIPSE)
        .hasSize(3)
        .allSatisfy(s -> assertThat(range(s)).isCloseTo(s.variability().amplitude(), within(0.02)));
  }

  private static double range(Star star) {
    double low = Double.MAX_VALUE;
    double high = -Double.MAX_VALUE;
    for (double time = 0; time < DEMO.observation().visitLength(); time += 1) {
      low = Math.min(low, star.magnitudeAt(time));
      high = Math.max(high, star.magnitudeAt(time));
    }
    return high - low;
  }

  @Test
  void anEclipseHasAFlatBottomAndRamps() {
    Variability eclipse = new Variability(Variability.Kind.ECLIPSE, 0.6, 1000, 0.5);
    assertThat(eclipse.offsetAt(500)).isEqualTo(0.6);
    assertThat(eclipse.offsetAt(441)).isEqualTo(0.6);
    assertThat(eclipse.offsetAt(420)).isCloseTo(0.3, within(1e-12));
    assertThat(eclipse.offsetAt(580)).isCloseTo(0.3, within(1e-12));
    assertThat(eclipse.offsetAt(399)).isZero();
    assertThat(eclipse.offsetAt(1500)).isEqualTo(0.6);
  }

  @Test
  void cosmicRaysComeAtTheRateAndWithTheChargeAskedFor() {
    SimulationParameters p =
        SimulationParameters.tiny().toBuilder()
            .lightArea(1000, 1000)
            .events(new EventParameters(200, 1000, 0, 0))
            .build();
    int events = 0;
    double charge = 0;
    for (int frame = 0; frame < 20; frame++) {
      List<CosmicRays.Hit> hits = CosmicRays.draw(p, frame, 10);
      events += hits.stream().mapToInt(CosmicRays.Hit::event).max().orElse(0);
      charge += hits.stream().mapToDouble(CosmicRays.Hit::electrons).sum();
    }
    assertThat(events / 20.0).isCloseTo(100, within(5 * Math.sqrt(100 / 20.0)));
    // Mean length 3.5 px; tracks that leave the chip lose a little.
    assertThat(charge / events).isCloseTo(3500, within(350.0));
  }

  @Test
  void everyParameterCanBeSetByName() {
    SimulationParameters p = SimulationParameters.tiny();
    assertThat(p.paths()).contains("seed", "psf.fwhm", "detector.gain", "observation.start");
    assertThat(p.with("psf.fwhm", "3.3").psf().fwhm()).isEqualTo(3.3);
    assertThat(p.with("psf.profile", "gaussian").psf().profile())
        .isEqualTo(PsfParameters.Profile.GAUSSIAN);
    assertThat(p.with("seed", "7")).isEqualTo(p.toBuilder().seed(7).build());
    assertThatThrownBy(() -> p.with("psf.width", "3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no parameter 'width'")
        .hasMessageContaining("fwhm");
    assertThatThrownBy(() -> p.with("psf.fwhm", "wide"))
        .hasMessageContaining("'wide' is no double");
    assertThatThrownBy(() -> p.with("psf.fwhm", "0.2")).hasMessageContaining("fwhm must be in");
    assertThatThrownBy(() -> p.with("seed.x", "1")).hasMessageContaining("has no parts");
  }
}
