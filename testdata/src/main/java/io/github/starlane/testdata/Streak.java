package io.github.starlane.testdata;

import java.util.ArrayList;
import java.util.List;

/**
 * A satellite's trail: a straight line across the whole light area with a Gaussian cross-section.
 *
 * @param epoch 0-based exposure in which it appears
 * @param x1 where it enters the light area, 0-based pixels
 * @param y1 where it enters
 * @param x2 where it leaves
 * @param y2 where it leaves
 * @param flux electrons per px of length
 * @param fwhm of the cross-section [px]
 */
record Streak(int epoch, double x1, double y1, double x2, double y2, double flux, double fwhm) {
  private static final double REACH_SIGMAS = 5;
  private static final double[] NODES = {-Math.sqrt(0.15), 0, Math.sqrt(0.15)};
  private static final double[] WEIGHTS = {5.0 / 18, 8.0 / 18, 5.0 / 18};

  /** Draws the streaks of a visit, each in another epoch where there are enough of them. */
  static List<Streak> draw(SimulationParameters p, List<EpochConditions> epochs) {
    CounterRandom random = Purpose.STREAKS.open(p.seed());
    List<Streak> streaks = new ArrayList<>();
    for (int i = 0; i < p.events().streaks(); i++) {
      int epoch = (random.nextInt(epochs.size()) + i) % epochs.size();
      double fwhm = p.psf().fwhm() * epochs.get(epoch).seeing();
      double angle = random.uniform(0, Math.PI);
      double x = p.frame().lightWidth() * random.uniform(0.3, 0.7);
      double y = p.frame().lightHeight() * random.uniform(0.3, 0.7);
      streaks.add(through(epoch, x, y, angle, fwhm, p));
    }
    return streaks;
  }

  private static Streak through(
      int epoch, double x, double y, double angle, double fwhm, SimulationParameters p) {
    double[] range = {-Double.MAX_VALUE, Double.MAX_VALUE};
    clip(range, x, Math.cos(angle), p.frame().lightWidth() - 1);
    clip(range, y, Math.sin(angle), p.frame().lightHeight() - 1);
    return new Streak(
        epoch,
        x + range[0] * Math.cos(angle),
        y + range[0] * Math.sin(angle),
        x + range[1] * Math.cos(angle),
        y + range[1] * Math.sin(angle),
        p.events().streakFlux(),
        fwhm);
  }

  /** Cuts a range of the line's parameter to where {@code at + t × slope} is in 0 … end. */
  private static void clip(double[] range, double at, double slope, double end) {
    if (Math.abs(slope) > 1e-12) {
      double a = -at / slope;
      double b = (end - at) / slope;
      range[0] = Math.max(range[0], Math.min(a, b));
      range[1] = Math.min(range[1], Math.max(a, b));
    }
  }

  /** Adds the streak to whole rows of the light area. */
  void addTo(float[] light, int width, int firstRow) {
    double length = Math.hypot(x2 - x1, y2 - y1);
    double nx = -(y2 - y1) / length;
    double ny = (x2 - x1) / length;
    double sigma = fwhm / Math.sqrt(8 * Math.log(2));
    double reach = REACH_SIGMAS * sigma + 1;
    for (int row = 0; row < light.length / width; row++) {
      double dy = firstRow + row - y1;
      double middle = x1 - ny * dy / nx;
      double half = reach / Math.abs(nx);
      boolean level = Math.abs(nx) < 1e-9;
      int from = level ? 0 : (int) Math.clamp(Math.ceil(middle - half), 0, width);
      int to = level ? width - 1 : (int) Math.clamp(Math.floor(middle + half), -1, width - 1);
      for (int x = from; x <= to; x++) {
        double distance = nx * (x - x1) + ny * dy;
        if (Math.abs(distance) <= reach) {
          light[row * width + x] += (float) (flux * profile(distance, nx, ny, sigma));
        }
      }
    }
  }

  /** Mean of the cross-section over a pixel (3 × 3 Gauss–Legendre nodes). */
  private static double profile(double distance, double nx, double ny, double sigma) {
    double sum = 0;
    for (int j = 0; j < 3; j++) {
      for (int i = 0; i < 3; i++) {
        double z = (distance + nx * NODES[i] + ny * NODES[j]) / sigma;
        sum += WEIGHTS[i] * WEIGHTS[j] * Math.exp(-z * z / 2);
      }
    }
    return sum / (sigma * Math.sqrt(2 * Math.PI));
  }
}
