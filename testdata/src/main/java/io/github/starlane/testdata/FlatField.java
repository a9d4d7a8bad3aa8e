package io.github.starlane.testdata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The smooth part of the response to light: vignetting and the shadows of dust, scaled to a median
 * of 1 over the light area, which is how a master flat is scaled.
 */
final class FlatField {
  private static final int GRID = 64;

  private record Dust(double x, double y, double outer, double inner, double depth) {
    double at(double px, double py) {
      double dx = px - x;
      double dy = py - y;
      if (Math.abs(dx) > outer + 3 || Math.abs(dy) > outer + 3) {
        return 0;
      }
      double r = Math.hypot(dx, dy);
      // Soft edges of about two pixels.
      return depth * soft(outer - r) * soft(r - inner);
    }

    private static double soft(double inside) {
      return Math.clamp(0.5 + inside / 4, 0, 1);
    }
  }

  private final FrameGeometry frame;
  private final double vignetting;
  private final double corner2;
  private final List<Dust> dust = new ArrayList<>();
  private double scale = 1;

  FlatField(SimulationParameters p) {
    frame = p.frame();
    vignetting = p.detector().vignetting();
    corner2 = frame.centreX() * frame.centreX() + frame.centreY() * frame.centreY();
    CounterRandom random = Purpose.DUST.open(p.seed());
    for (int i = 0; i < p.detector().dustRings(); i++) {
      double outer = random.uniform(12, 45);
      dust.add(
          new Dust(
              random.uniform(0, frame.lightWidth()),
              random.uniform(0, frame.lightHeight()),
              outer,
              outer * random.uniform(0.3, 0.5),
              random.uniform(0.01, 0.05)));
    }
    scale = 1 / median();
  }

  private double median() {
    double[] samples = new double[GRID * GRID];
    for (int j = 0; j < GRID; j++) {
      for (int i = 0; i < GRID; i++) {
        samples[j * GRID + i] =
            at(frame.lightWidth() * (i + 0.5) / GRID, frame.lightHeight() * (j + 0.5) / GRID);
      }
    }
    Arrays.sort(samples);
    return (samples[samples.length / 2 - 1] + samples[samples.length / 2]) / 2;
  }

  /** Response at (x, y), 0-based in the light area. */
  double at(double x, double y) {
    double dx = x - frame.centreX();
    double dy = y - frame.centreY();
    double response = 1 - vignetting * (dx * dx + dy * dy) / corner2;
    for (Dust ring : dust) {
      response *= 1 - ring.at(x, y);
    }
    return scale * response;
  }
}
