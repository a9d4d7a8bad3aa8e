package io.github.starlane.testdata;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Straight tracks of charged particles through the chip, not blurred by the optics. */
final class CosmicRays {
  private static final double STEP = 0.05;
  private static final double MEAN_LENGTH = 3;
  private static final double MAX_LENGTH = 60;

  /** Charge in one pixel; x, y 0-based in the light area; events are numbered from 1 per frame. */
  record Hit(int event, int x, int y, double electrons) {}

  private CosmicRays() {}

  /** The hits in one frame, ordered by row and column. */
  static List<Hit> draw(SimulationParameters p, long frameKey, double exposure) {
    FrameGeometry frame = p.frame();
    CounterRandom random = Purpose.COSMIC_RAYS.open(p.seed(), frameKey);
    double megapixels = 1e-6 * frame.lightWidth() * frame.lightHeight();
    int count = random.poisson(Math.min(700, p.events().cosmicRays() * megapixels * exposure / 20));
    List<Hit> hits = new ArrayList<>();
    for (int event = 1; event <= count; event++) {
      addTrack(event, p, random, hits);
    }
    hits.sort(Comparator.comparingInt(Hit::y).thenComparingInt(Hit::x));
    return hits;
  }

  private static void addTrack(
      int event, SimulationParameters p, CounterRandom random, List<Hit> hits) {
    FrameGeometry frame = p.frame();
    double x = random.uniform(-0.5, frame.lightWidth() - 0.5);
    double y = random.uniform(-0.5, frame.lightHeight() - 0.5);
    double angle = random.uniform(0, 2 * Math.PI);
    double length = Math.min(MAX_LENGTH, 0.5 - MEAN_LENGTH * Math.log(1 - random.nextDouble()));
    double density = p.events().cosmicRayCharge() * Math.exp(0.5 * random.nextGaussian() - 0.125);
    Map<Long, Double> charge = new TreeMap<>();
    long steps = Math.round(length / STEP);
    for (long i = 0; i < steps; i++) {
      double along = (i + 0.5) * STEP;
      long px = Math.round(x + along * Math.cos(angle));
      long py = Math.round(y + along * Math.sin(angle));
      if (px >= 0 && py >= 0 && px < frame.lightWidth() && py < frame.lightHeight()) {
        charge.merge(py * frame.lightWidth() + px, density * STEP, Double::sum);
      }
    }
    charge.forEach(
        (pixel, electrons) ->
            hits.add(
                new Hit(
                    event,
                    (int) (pixel % frame.lightWidth()),
                    (int) (pixel / frame.lightWidth()),
                    electrons)));
  }
}
