package io.github.starlane.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TangentPlaneTest {
  private static final TangentPlane GENERAL =
      new TangentPlane(
          new SkyPoint(359.6, -62.3),
          new PixelPoint(800.25, 639.5),
          List.of(-3.4e-4, 2.1e-5, 1.9e-5, 3.5e-4),
          List.of(1e-4, 1.001, 2e-4, 0.0, -1.0e-3, -6e-4, 5e-4, -3e-3, 4e-4, -2.5e-3, 2e-4),
          List.of(-2e-4, 0.9995, 1e-4, 0.0, 7e-4, -3e-4, 1.1e-3, -2.2e-3, -5e-4, -1.8e-3, 3e-4));

  /** The sky positions are those of astropy 5.2.1 (WCSLIB) for the same header. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0.16133280774050718, -62.5377690363253",
    "800.25, 639.5, 359.6002151282695, -62.300199999833765",
    "1599, 0, 358.9821226414649, -62.50725596876581",
    "1599.5, 1279.25, 359.0486700079986, -62.06007515104688",
    "17.3, 1200.6, 0.1949374822705181, -62.11742140078417"
  })
  void agreesWithWcslib(double x, double y, double ra, double dec) {
    SkyPoint sky = GENERAL.toSky(new PixelPoint(x, y));
    assertThat(sky.ra()).isCloseTo(ra, within(1e-12));
    assertThat(sky.dec()).isCloseTo(dec, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void thereAndBackAgain(long seed) {
    CounterRandom random = CounterRandom.of(seed);
    SimulationParameters p =
        SimulationParameters.last()
            .with("pointing.ra", Double.toString(random.uniform(0, 360)))
            .with("pointing.dec", Double.toString(random.uniform(-88, 88)))
            .with("pointing.rotation", Double.toString(random.uniform(-180, 180)))
            .with("pointing.raGrowsWithX", Boolean.toString(random.nextBoolean()));
    TangentPlane wcs = VisitPlan.nominalWcs(p);
    for (int i = 0; i < 200; i++) {
      PixelPoint pixel = new PixelPoint(random.uniform(-300, 6700), random.uniform(-300, 9900));
      SkyPoint sky = wcs.toSky(pixel);
      PixelPoint back = wcs.toPixel(sky);
      assertThat(back.x()).isCloseTo(pixel.x(), within(1e-6));
      assertThat(back.y()).isCloseTo(pixel.y(), within(1e-6));
      SkyPoint again = wcs.toSky(back);
      assertThat(again.ra()).isCloseTo(sky.ra(), within(1e-9));
      assertThat(again.dec()).isCloseTo(sky.dec(), within(1e-9));
    }
  }

  @Test
  void scaleIsAsAskedForAndTheDistortionMovesTheCorner() {
    SimulationParameters p = SimulationParameters.last();
    TangentPlane wcs = VisitPlan.nominalWcs(p);
    PixelPoint axis = wcs.reference();
    SkyPoint a = wcs.toSky(axis);
    SkyPoint b = wcs.toSky(new PixelPoint(axis.x(), axis.y() + 8));
    double across = (b.ra() - a.ra()) * Math.cos(Math.toRadians(a.dec()));
    assertThat(Math.hypot(across, b.dec() - a.dec()) * 3600).isCloseTo(10, within(1e-3));

    TangentPlane straight = VisitPlan.nominalWcs(p.with("pointing.distortion", "0"));
    PixelPoint moved = straight.toPixel(wcs.toSky(new PixelPoint(0, 0)));
    assertThat(Math.hypot(moved.x(), moved.y())).isBetween(2.0, 6.0);
  }

  @Test
  void theFarSideOfTheSkyHasNoPixel() {
    assertThatThrownBy(() -> GENERAL.toPixel(new SkyPoint(180, 60)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("far side");
  }
}
