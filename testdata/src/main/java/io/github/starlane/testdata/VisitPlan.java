package io.github.starlane.testdata;

import java.util.ArrayList;
import java.util.List;

/** Draws the pointing and the weather of each exposure of a visit. */
final class VisitPlan {
  private static final double ARCSEC_PER_DEGREE = 3600;

  private VisitPlan() {}

  /** The camera at its nominal pointing. */
  static TangentPlane nominalWcs(SimulationParameters p) {
    PointingParameters pointing = p.pointing();
    double scale = pointing.pixelScale() / ARCSEC_PER_DEGREE;
    double c = scale * Math.cos(Math.toRadians(pointing.rotation()));
    double s = scale * Math.sin(Math.toRadians(pointing.rotation()));
    double flip = pointing.raGrowsWithX() ? 1 : -1;
    double corner = scale * Math.hypot(p.frame().centreX(), p.frame().centreY());
    double size = pointing.distortion() * scale;
    return new TangentPlane(
        new SkyPoint(pointing.ra(), pointing.dec()),
        new PixelPoint(p.frame().centreX(), p.frame().centreY()),
        List.of(flip * c, -flip * s, s, c),
        distortion(size, corner, new double[] {0.3, -0.2, 0.15, 1, 0.1, 1, -0.08}),
        distortion(size, corner, new double[] {-0.25, 0.2, -0.1, 1, -0.12, 1, 0.06}));
  }

  /**
   * PV terms of which the radial cubic one (7 and 9) moves the corner by {@code size}, and the
   * others by the given fractions of it: a tilted, slightly decentred lens.
   */
  private static List<Double> distortion(double size, double corner, double[] fractions) {
    List<Double> pv = new ArrayList<>(List.of(0.0, 1.0, 0.0, 0.0));
    for (int i = 0; i < fractions.length; i++) {
      int order = i < 3 ? 2 : 3;
      pv.add(fractions[i] * size / Math.pow(corner, order));
    }
    return pv;
  }

  /** The conditions of every science exposure. */
  static List<EpochConditions> epochs(SimulationParameters p) {
    TangentPlane nominal = nominalWcs(p);
    int count = p.observation().epochs();
    CounterRandom visit = Purpose.CONDITIONS.open(p.seed(), -1);
    double cloudPhase = visit.uniform(0, 2 * Math.PI);
    double seeingPhase = visit.uniform(0, 2 * Math.PI);
    List<EpochConditions> epochs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CounterRandom random = Purpose.CONDITIONS.open(p.seed(), i);
      double progress = count > 1 ? i / (count - 1.0) : 0;
      double cloud = 0.5 + 0.5 * Math.sin(cloudPhase + 1.6 * Math.PI * progress);
      double jitter = random.uniform(0.9, 1.0);
      double seeing = Math.sin(seeingPhase + 1.2 * Math.PI * progress) + random.uniform(-0.3, 0.3);
      epochs.add(
          new EpochConditions(
              i,
              p.observation().startOf(i),
              p.observation().midTime(i),
              pointed(nominal, p.pointing(), i, progress, random),
              1 - p.sky().transparencyLoss() * cloud * jitter,
              1 + p.sky().seeingChange() * seeing / 1.3,
              1 + p.sky().levelTrend() * progress));
    }
    return epochs;
  }

  private static TangentPlane pointed(
      TangentPlane nominal,
      PointingParameters p,
      int epoch,
      double progress,
      CounterRandom random) {
    double dx = epoch * p.driftX() + random.uniform(-p.dither(), p.dither());
    double dy = epoch * p.driftY() + random.uniform(-p.dither(), p.dither());
    PixelPoint axis = nominal.reference();
    SkyPoint centre = nominal.toSky(new PixelPoint(axis.x() + dx, axis.y() + dy));
    return nominal.pointed(centre, p.fieldRotation() * progress);
  }
}
