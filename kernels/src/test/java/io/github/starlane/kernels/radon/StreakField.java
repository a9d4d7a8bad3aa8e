package io.github.starlane.kernels.radon;

import io.github.starlane.kernels.Moffat;
import io.github.starlane.kernels.Planes;
import java.util.SplittableRandom;

/** A background-subtracted exposure with streaks of a Gaussian cross-section. */
final class StreakField {

  /** Standard deviation of the cross-section [pixel]. */
  static final double SIGMA = 1.1;

  static final double VARIANCE = 300;
  private static final double STEP = 0.1;

  final int width;
  final int height;
  final float[] image;
  final float[] variance;

  StreakField(int width, int height, long seed) {
    this.width = width;
    this.height = height;
    image = Planes.noise(seed, width * height, 0, Math.sqrt(VARIANCE));
    variance = Planes.constant(width * height, VARIANCE);
  }

  /** Light per length of a streak whose S/N, with its cross-section known, is this. */
  static double flux(double signalToNoise, double length) {
    // Σ of the squared profile is length / (2 √π σ).
    return signalToNoise * Math.sqrt(VARIANCE * 2 * Math.sqrt(Math.PI) * SIGMA / length);
  }

  void addStreak(double x1, double y1, double x2, double y2, double fluxPerLength) {
    double length = Math.hypot(x2 - x1, y2 - y1);
    int points = (int) Math.round(length / STEP);
    double light = fluxPerLength * length / points / (2 * Math.PI * SIGMA * SIGMA);
    for (int k = 0; k < points; k++) {
      double t = (k + 0.5) / points;
      addPoint(x1 + t * (x2 - x1), y1 + t * (y2 - y1), light);
    }
  }

  private void addPoint(double x, double y, double peak) {
    int reach = 6;
    for (int j = Math.max(0, (int) y - reach); j <= Math.min(height - 1, (int) y + reach); j++) {
      for (int i = Math.max(0, (int) x - reach); i <= Math.min(width - 1, (int) x + reach); i++) {
        double square = (i - x) * (i - x) + (j - y) * (j - y);
        image[j * width + i] += (float) (peak * Math.exp(-0.5 * square / (SIGMA * SIGMA)));
      }
    }
  }

  /** Stars N(&gt; F) ∝ F^-0.7 from S/N 5 up, without noise of their own. */
  void addStars(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Moffat psf = new Moffat(2.6, 3);
    for (int k = 0; k < count; k++) {
      double flux = Math.min(4e5, 330 * Math.pow(1 - random.nextDouble(), -1 / 0.7));
      psf.add(image, width, random.nextDouble() * width, random.nextDouble() * height, flux, 12);
    }
  }
}
