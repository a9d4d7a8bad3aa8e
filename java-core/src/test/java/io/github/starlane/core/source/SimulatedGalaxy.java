package io.github.starlane.core.source;

import java.util.ArrayList;
import java.util.List;

/**
 * A Sérsic profile on similar ellipses, convolved numerically with the PSF of {@link
 * SimulatedImage}; it ends at eight half-light radii.
 *
 * @param x column of the centre [pixel]
 * @param y row of the centre [pixel]
 * @param index Sérsic's: 1 for an exponential disc, 4 for de Vaucouleurs' profile
 * @param radius half-light radius, geometric mean of both axes [pixel]
 * @param axisRatio minor over major axis
 * @param angle of the major axis from x towards y [deg]
 */
record SimulatedGalaxy(
    double x, double y, int index, double radius, double axisRatio, double angle) {
  private static final double END = 8;
  private static final int PSF_REACH = 15;

  /** Light of unit flux in pixels. */
  record Light(List<int[]> pixels, double[] values) {}

  /** Adds the galaxy with this flux to an image. */
  void draw(SimulatedImage image, Light light, double flux) {
    for (int k = 0; k < light.values.length; k++) {
      image.light(light.pixels.get(k)[0], light.pixels.get(k)[1], flux * light.values[k]);
    }
  }

  /** The flux with which an ideal filter would see it with this S/N. */
  static double flux(Light light, double signalToNoise) {
    double low = 1;
    double high = 1e8;
    while (high / low > 1.0001) {
      double middle = Math.sqrt(low * high);
      double sum = 0;
      for (double v : light.values) {
        sum +=
            middle
                * v
                * middle
                * v
                / (SimulatedImage.SKY + SimulatedImage.READ_VARIANCE + middle * v);
      }
      if (Math.sqrt(sum) < signalToNoise) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Draws the light of unit flux. */
  Light light() {
    int fine = radius < 3 ? 3 : 1;
    double major = radius / Math.sqrt(axisRatio);
    int reach = (int) Math.ceil(END * major) + 1;
    int width = 2 * (reach + PSF_REACH) + 1;
    int left = (int) Math.round(x) - reach - PSF_REACH;
    int bottom = (int) Math.round(y) - reach - PSF_REACH;
    int psfHalf = PSF_REACH * fine;
    double[] psf = new double[(2 * psfHalf + 1) * (2 * psfHalf + 1)];
    for (int k = 0; k < psf.length; k++) {
      double dx = (k % (2 * psfHalf + 1) - psfHalf) / (double) fine;
      double dy = (k / (2 * psfHalf + 1) - psfHalf) / (double) fine;
      psf[k] = SimulatedImage.PSF.pixel(dx, dy);
    }
    double[] values = new double[width * width];
    double sum = 0;
    for (int v = -reach * fine; v <= reach * fine; v++) {
      for (int u = -reach * fine; u <= reach * fine; u++) {
        double cx = Math.round(x) + u / (double) fine;
        double cy = Math.round(y) + v / (double) fine;
        double cell = cell(cx, cy, 1.0 / fine);
        sum += cell;
        if (cell > 0) {
          spread(cell, u, v, reach, fine, psf, values, width);
        }
      }
    }
    List<int[]> pixels = new ArrayList<>();
    double[] kept = new double[width * width];
    for (int k = 0; k < values.length; k++) {
      if (values[k] > 0) {
        kept[pixels.size()] = values[k] / sum;
        pixels.add(new int[] {left + k % width, bottom + k / width});
      }
    }
    return new Light(pixels, java.util.Arrays.copyOf(kept, pixels.size()));
  }

  /** Convolves one cell. */
  private static void spread(
      double cell, int u, int v, int reach, int fine, double[] psf, double[] values, int width) {
    int psfHalf = PSF_REACH * fine;
    int row0 = Math.floorDiv(v, fine);
    int column0 = Math.floorDiv(u, fine);
    for (int j = -PSF_REACH + 1; j < PSF_REACH; j++) {
      for (int i = -PSF_REACH + 1; i < PSF_REACH; i++) {
        int dx = (column0 + i) * fine - u;
        int dy = (row0 + j) * fine - v;
        int at = (row0 + j + reach + PSF_REACH) * width + column0 + i + reach + PSF_REACH;
        values[at] += cell * psf[(dy + psfHalf) * (2 * psfHalf + 1) + dx + psfHalf];
      }
    }
  }

  /** Light in a square cell before the PSF. */
  private double cell(double cx, double cy, double edge) {
    double distance = Math.hypot(cx - x, cy - y);
    int points = distance < 3 * edge ? 16 : distance < radius ? 4 : 2;
    double sum = 0;
    for (int j = 0; j < points; j++) {
      for (int i = 0; i < points; i++) {
        double px = cx + edge * ((i + 0.5) / points - 0.5);
        double py = cy + edge * ((j + 0.5) / points - 0.5);
        sum += brightness(px - x, py - y);
      }
    }
    return sum / (points * points);
  }

  private double brightness(double dx, double dy) {
    double cos = Math.cos(Math.toRadians(angle));
    double sin = Math.sin(Math.toRadians(angle));
    double along = cos * dx + sin * dy;
    double across = cos * dy - sin * dx;
    double r = Math.sqrt(along * along * axisRatio + across * across / axisRatio) / radius;
    // Ciotti & Bertin 1999, A&A 352, 447, equation 18.
    double b = 2.0 * index - 1.0 / 3 + 4.0 / (405 * index);
    return r > END ? 0 : Math.exp(-b * Math.pow(r, 1.0 / index));
  }
}
