package io.github.starlane.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What changes over the field and from exposure to exposure. */
class ConditionsTest {
  private static final SimulationParameters DEMO = SimulationParameters.demo();
  private static final FrameGeometry FRAME = DEMO.frame();

  @Test
  void thePsfGrowsAndStretchesTowardsTheCorner() {
    PsfParameters p = new PsfParameters(PsfParameters.Profile.MOFFAT, 3, 2.5, 0, 0, 0.2, 0.1);
    PsfField field = new PsfField(p, FRAME, 1.1);
    PointSpreadFunction centre = field.at(FRAME.centreX(), FRAME.centreY());
    PointSpreadFunction corner = field.at(FRAME.lightWidth() - 1, FRAME.lightHeight() - 1);
    assertThat(centre.fwhm()).isCloseTo(2.75, within(1e-12));
    assertThat(centre.ellipse()).isEqualTo(Ellipse.ROUND);
    assertThat(corner.fwhm()).isCloseTo(2.75 * 1.2, within(1e-9));
    // The major axis, along which the radius grows least, points away from the centre.
    double outward = corner.ellipse().radius2(FRAME.centreX(), FRAME.centreY());
    double across = corner.ellipse().radius2(-FRAME.centreY(), FRAME.centreX());
    assertThat(Math.sqrt(outward / across)).isCloseTo(0.9, within(1e-9));
    PointSpreadFunction beyond = field.at(FRAME.lightWidth() + 50, FRAME.lightHeight() + 50);
    assertThat(beyond.fwhm()).isCloseTo(corner.fwhm(), within(1e-9));
  }

  @Test
  void theSmoothFlatHasAMedianOfOneAndLosesLightInTheCorner() {
    FlatField flat = new FlatField(DEMO);
    double[] values = new double[50 * 50];
    for (int i = 0; i < values.length; i++) {
      values[i] = flat.at((i % 50 + 0.5) * 26, (i / 50 + 0.5) * 24);
    }
    Arrays.sort(values);
    assertThat(values[values.length / 2]).isCloseTo(1, within(1e-3));
    SimulationParameters clean = DEMO.with("detector.dustRings", "0");
    FlatField vignetted = new FlatField(clean);
    double centre = vignetted.at(FRAME.centreX(), FRAME.centreY());
    assertThat(vignetted.at(0, 0) / centre).isCloseTo(0.85, within(1e-9));
  }

  @Test
  void theFieldDriftsDithersAndTurns() {
    List<EpochConditions> epochs = VisitPlan.epochs(DEMO);
    TangentPlane nominal = VisitPlan.nominalWcs(DEMO);
    for (EpochConditions epoch : epochs) {
      PixelPoint centre = nominal.toPixel(epoch.wcs().centre());
      double dx = centre.x() - nominal.reference().x() - 0.15 * epoch.epoch();
      double dy = centre.y() - nominal.reference().y() + 0.1 * epoch.epoch();
      assertThat(Math.max(Math.abs(dx), Math.abs(dy))).isLessThanOrEqualTo(2.01);
    }
    List<Double> first = epochs.getFirst().wcs().cd();
    List<Double> last = epochs.getLast().wcs().cd();
    double turn = Math.atan2(last.get(2), last.get(0)) - Math.atan2(first.get(2), first.get(0));
    assertThat(Math.toDegrees(turn)).isCloseTo(0.01, within(1e-9));
  }

  @Test
  void theWeatherChangesWithinItsBounds() {
    List<EpochConditions> epochs = VisitPlan.epochs(DEMO);
    assertThat(epochs).extracting(EpochConditions::transparency).allMatch(t -> t >= 0.94 && t <= 1);
    assertThat(spread(epochs.stream().mapToDouble(EpochConditions::transparency).toArray()))
        .isGreaterThan(0.02);
    assertThat(epochs).extracting(EpochConditions::seeing).allMatch(s -> Math.abs(s - 1) <= 0.06);
    assertThat(spread(epochs.stream().mapToDouble(EpochConditions::seeing).toArray()))
        .isGreaterThan(0.02);
    assertThat(epochs.getLast().skyFactor()).isCloseTo(1.05, within(1e-12));
  }

  private static double spread(double[] values) {
    return Arrays.stream(values).max().orElseThrow() - Arrays.stream(values).min().orElseThrow();
  }

  @Test
  void brightStarsAreDrawnFarEnough() {
    PsfField field = new PsfField(DEMO.psf(), FRAME, 1);
    for (double flux : new double[] {40, 400, 1e4, 1e6, 1e8}) {
      LightSources.Source source = LightSources.source(600, 500, flux, field);
      Moffat round = new Moffat(source.psf().fwhm(), 3, Ellipse.ROUND);
      double edge = source.radius() - 1;
      assertThat(flux * round.density(edge * edge)).isLessThan(0.051);
      assertThat(edge).isGreaterThanOrEqualTo(round.radiusLosing(Math.max(1e-4, 0.3 / flux)));
    }
  }

  @Test
  void fluxesFollowMagnitudeZeroPointAndTransparency() {
    EpochConditions epoch = VisitPlan.epochs(DEMO).get(3);
    try (Workers workers = new Workers(1)) {
      EpochScene scene = new EpochScene(DEMO, epoch, StarField.draw(DEMO), workers);
      double expected = 20 * epoch.transparency();
      assertThat(scene.electrons(22.93)).isCloseTo(expected, within(1e-9));
      assertThat(scene.electrons(22.93 - 5)).isCloseTo(100 * expected, within(1e-6));
      assertThat(scene.electrons(scene.zeroPoint())).isCloseTo(1, within(1e-12));
    }
  }
}
