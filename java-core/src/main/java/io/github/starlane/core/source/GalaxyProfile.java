package io.github.starlane.core.source;

import java.util.Arrays;

/**
 * The smooth light of a galaxy: surface brightness along concentric similar ellipses, linear
 * between nodes, fitted to the pixels so that stars on it count little (iteratively reweighted
 * least squares with Tukey's biweight, started from the medians of rings).
 */
final class GalaxyProfile implements GalaxyLight {
  /** Distance of the inner nodes [FWHM of the PSF]; outer ones are {@link #GROWTH} times wider. */
  private static final double SPACING = 0.25;

  private static final double GROWTH = 1.12;

  /** Deviations beyond so many σ have no weight. */
  private static final double OUTLIER = 5;

  /** Relative scatter of real galaxies around smooth ellipses that is no outlier. */
  private static final double ROUGHNESS = 0.1;

  private static final int ITERATIONS = 4;

  private final SourceEllipse ellipse;
  private final double[] nodes;
  private final double[] values;

  private GalaxyProfile(SourceEllipse ellipse, double[] nodes, double[] values) {
    this.ellipse = ellipse;
    this.nodes = nodes;
    this.values = values;
  }

  /**
   * Fits.
   *
   * @param reach the profile ends at so many times the ellipse
   * @param fwhm of the PSF [pixel]
   */
  static GalaxyProfile fit(Cutout cutout, SourceEllipse ellipse, double reach, double fwhm) {
    double[] nodes = nodes(reach * ellipse.meanRadius(), SPACING * fwhm);
    double[] radius = new double[cutout.pixels()];
    for (int k = 0; k < radius.length; k++) {
      radius[k] =
          cutout.isGood(k)
              ? ellipse.meanRadius()
                  * Math.sqrt(ellipse.squaredDistance(cutout.column(k), cutout.row(k)))
              : Double.POSITIVE_INFINITY;
    }
    GalaxyProfile profile = new GalaxyProfile(ellipse, nodes, medians(cutout, radius, nodes));
    for (int k = 0; k < ITERATIONS; k++) {
      profile = profile.refit(cutout, radius);
    }
    return profile;
  }

  private static double[] nodes(double outer, double spacing) {
    double[] nodes = new double[256];
    int n = 1;
    double step = spacing;
    while (nodes[n - 1] < outer && n < nodes.length) {
      nodes[n] = nodes[n - 1] + step;
      n++;
      step *= n > 4 ? GROWTH : 1;
    }
    return Arrays.copyOf(nodes, n);
  }

  private static double[] medians(Cutout cutout, double[] radius, double[] nodes) {
    double[][] rings = new double[nodes.length][16];
    int[] count = new int[nodes.length];
    for (int k = 0; k < radius.length; k++) {
      if (radius[k] < nodes[nodes.length - 1]) {
        int n = interval(nodes, radius[k]);
        int ring = radius[k] - nodes[n] < nodes[n + 1] - radius[k] ? n : n + 1;
        if (count[ring] == rings[ring].length) {
          rings[ring] = Arrays.copyOf(rings[ring], 2 * count[ring]);
        }
        rings[ring][count[ring]++] = cutout.light(k);
      }
    }
    double[] medians = new double[nodes.length];
    double last = 0;
    for (int n = nodes.length - 1; n >= 0; n--) {
      Arrays.sort(rings[n], 0, count[n]);
      last = count[n] > 0 ? rings[n][count[n] / 2] : last;
      medians[n] = last;
    }
    return medians;
  }

  /** Index of the node below. */
  private static int interval(double[] nodes, double radius) {
    int at = Arrays.binarySearch(nodes, radius);
    return Math.clamp(at >= 0 ? at : -at - 2, 0, nodes.length - 2);
  }

  private GalaxyProfile refit(Cutout cutout, double[] radius) {
    int n = nodes.length;
    double[] diagonal = new double[n];
    double[] upper = new double[n];
    double[] right = new double[n];
    for (int k = 0; k < radius.length; k++) {
      if (radius[k] < nodes[n - 1]) {
        int below = interval(nodes, radius[k]);
        double share = (radius[k] - nodes[below]) / (nodes[below + 1] - nodes[below]);
        double model = values[below] + share * (values[below + 1] - values[below]);
        double noise = cutout.variance(k) + Math.pow(ROUGHNESS * model, 2);
        double z = (cutout.light(k) - model) / Math.sqrt(noise) / OUTLIER;
        double weight = Math.abs(z) < 1 ? Math.pow(1 - z * z, 2) / noise : 0;
        diagonal[below] += weight * (1 - share) * (1 - share);
        diagonal[below + 1] += weight * share * share;
        upper[below] += weight * share * (1 - share);
        right[below] += weight * (1 - share) * cutout.light(k);
        right[below + 1] += weight * share * cutout.light(k);
      }
    }
    return new GalaxyProfile(ellipse, nodes, solve(diagonal, upper, right));
  }

  /** Solves the tridiagonal equations, held to the current values where pixels say nothing. */
  private double[] solve(double[] diagonal, double[] upper, double[] right) {
    int n = nodes.length;
    double hold = 1e-3 * Arrays.stream(diagonal).max().orElse(0) + 1e-300;
    for (int i = 0; i < n; i++) {
      diagonal[i] += hold;
      right[i] += hold * values[i];
    }
    for (int i = 1; i < n; i++) {
      double factor = upper[i - 1] / diagonal[i - 1];
      diagonal[i] -= factor * upper[i - 1];
      right[i] -= factor * right[i - 1];
    }
    double[] solution = new double[n];
    for (int i = n - 1; i >= 0; i--) {
      double rest = i + 1 < n ? upper[i] * solution[i + 1] : 0;
      solution[i] = (right[i] - rest) / diagonal[i];
    }
    return solution;
  }

  @Override
  public int parameters() {
    return 5 + nodes.length;
  }

  /** Light per pixel at so many times the ellipse. */
  double along(double m) {
    return atRadius(m * ellipse.meanRadius());
  }

  @Override
  public double at(int column, int row) {
    return atRadius(ellipse.meanRadius() * Math.sqrt(ellipse.squaredDistance(column, row)));
  }

  private double atRadius(double radius) {
    if (!(radius < nodes[nodes.length - 1])) {
      return 0;
    }
    int below = interval(nodes, radius);
    double share = (radius - nodes[below]) / (nodes[below + 1] - nodes[below]);
    return values[below] + share * (values[below + 1] - values[below]);
  }
}
