package io.github.starlane.core.psf;

import java.util.Arrays;

/**
 * What stars differ from the model by, summed up into the normal equations of a correction: at each
 * node of a grid of half-pixel pitch around the star (core), and in rings of half a pixel (wings),
 * the residual is a polynomial of the star's position.
 *
 * <p>A pixel counts at the nodes within 0.75 pixel along both axes, less the farther away. Its
 * weight is the inverse variance of noise, and no star's is better than {@value #RELATIVE_FLOOR} of
 * its flux per pixel, so that the brightest do not decide alone. Pixels whose residual is too large
 * for their radius are left out. All sums are plain arrays; those of several workers may be added
 * in a fixed order.
 */
final class ResidualSums {
  /** Nodes per pixel of the correction. */
  static final int PITCH = 2;

  /** Reach of a pixel's weight [node]. */
  private static final double REACH = 1.5;

  private static final double RELATIVE_FLOOR = 0.001;

  /** Width of the rim that the sky under a star is taken from [pixel]. */
  static final int RIM = 3;

  /** Bins of the histograms of |residual| / σ, and how many there are per unit. */
  private static final int BINS = 256;

  private static final double BINS_PER_SIGMA = 16;
  private static final double CLIP = 4;

  /** Terms of the position polynomial, and pairs of them. */
  final int terms;

  final int pairs;

  /** Nodes along an axis, and rings. */
  final int nodes;

  final int rings;

  /** Normal matrices {@code [pair][node]} and right-hand sides {@code [term][node]}. */
  final double[] matrix;

  final double[] right;

  /** The same of the rings. */
  final double[] ringMatrix;

  final double[] ringRight;

  private final int[] histogram;
  private final int radius;
  private final double gain;
  private final double[] value;
  private final double[] rim;
  private final double[] starWeight;
  private final double[] starResidual;
  private final double[] ringWeight;
  private final double[] ringResidual;
  private final double[] alongX = new double[3];
  private final double[] alongY = new double[3];

  /**
   * Empty sums.
   *
   * @param terms of the position polynomial
   * @param core reach of the nodes [pixel]
   * @param radius of the stamps [pixel]
   * @param gain electrons per image unit
   */
  ResidualSums(int terms, double core, int radius, double gain) {
    this.terms = terms;
    this.pairs = terms * (terms + 1) / 2;
    this.nodes = 2 * (int) Math.ceil(PITCH * Math.min(radius, core)) + 1;
    this.rings = PITCH * (radius + 1) + 1;
    this.radius = radius;
    this.gain = gain;
    matrix = new double[pairs * nodes * nodes];
    right = new double[terms * nodes * nodes];
    ringMatrix = new double[pairs * rings];
    ringRight = new double[terms * rings];
    histogram = new int[rings * BINS];
    starWeight = new double[nodes * nodes];
    starResidual = new double[nodes * nodes];
    ringWeight = new double[rings];
    ringResidual = new double[rings];
    value = new double[(2 * radius + 1) * (2 * radius + 1)];
    rim = new double[value.length];
  }

  /**
   * Adds one star, and measures the sky under it.
   *
   * @param psf placed at the star
   * @param powers the polynomial's terms at the star
   * @param limits largest |residual| / σ per ring
   */
  void add(StampSet stars, int s, LocalPsf psf, double[] powers, double[] limits) {
    PsfStars part = stars.part[s];
    int x0 = (int) Math.rint(stars.x[s]) - radius;
    int y0 = (int) Math.rint(stars.y[s]) - radius;
    int edge = 2 * radius + 1;
    psf.sample(x0 - stars.x[s], y0 - stars.y[s], edge, edge, value, null, null);
    int column = x0 - part.x0()[stars.index[s]];
    int row = y0 - part.y0()[stars.index[s]];
    int stamp = stars.index[s] * part.size() * part.size();
    measureSky(stars, s, column, row, stamp);
    Arrays.fill(starWeight, 0);
    Arrays.fill(starResidual, 0);
    Arrays.fill(ringWeight, 0);
    Arrays.fill(ringResidual, 0);
    double dx = x0 - stars.x[s];
    double dy = y0 - stars.y[s];
    int nodeX = phase(dx, alongX);
    int nodeY = phase(dy, alongY);
    double flux = stars.flux[s];
    double skyTerm =
        stars.skyVariance[s] / (flux * flux) + RELATIVE_FLOOR * RELATIVE_FLOOR;
    double ownTerm = 1 / (gain * flux);
    for (int j = Math.max(0, -row); j < Math.min(edge, part.size() - row); j++) {
      for (int i = Math.max(0, -column); i < Math.min(edge, part.size() - column); i++) {
        float pixel = part.pixels()[stamp + (row + j) * part.size() + column + i];
        double r2 = (dx + i) * (dx + i) + (dy + j) * (dy + j);
        if (pixel == pixel && r2 <= radius * radius) {
          double expected = value[j * edge + i];
          double residual = (pixel - stars.sky[s]) / flux - expected;
          double weight = 1 / (skyTerm + ownTerm * Math.max(0, expected));
          int ring = (int) (PITCH * Math.sqrt(r2) + 0.5);
          double pull = Math.abs(residual) * Math.sqrt(weight);
          histogram[ring * BINS + (int) Math.min(BINS - 1, pull * BINS_PER_SIGMA)]++;
          if (pull <= limits[ring]) {
            ringWeight[ring] += weight;
            ringResidual[ring] += weight * residual;
            spread(nodeX + PITCH * i, nodeY + PITCH * j, weight, residual);
          }
        }
      }
    }
    addStar(powers);
  }

  /** Median of what the model leaves near the rim. */
  private void measureSky(StampSet stars, int s, int column, int row, int stamp) {
    PsfStars part = stars.part[s];
    int edge = 2 * radius + 1;
    double dx = part.x0()[stars.index[s]] + column - stars.x[s];
    double dy = part.y0()[stars.index[s]] + row - stars.y[s];
    int n = 0;
    for (int j = Math.max(0, -row); j < Math.min(edge, part.size() - row); j++) {
      for (int i = Math.max(0, -column); i < Math.min(edge, part.size() - column); i++) {
        float pixel = part.pixels()[stamp + (row + j) * part.size() + column + i];
        double r2 = (dx + i) * (dx + i) + (dy + j) * (dy + j);
        if (pixel == pixel && r2 <= radius * radius && r2 > (radius - RIM) * (radius - RIM)) {
          rim[n++] = pixel - stars.flux[s] * value[j * edge + i];
        }
      }
    }
    Arrays.sort(rim, 0, n);
    stars.sky[s] = n == 0 ? 0 : 0.5 * (rim[(n - 1) / 2] + rim[n / 2]);
  }

  /** Node nearest to an offset, and the weights of it and its neighbours on both sides. */
  private int phase(double offset, double[] weights) {
    double place = offset * PITCH + nodes / 2;
    int node = (int) Math.rint(place);
    for (int k = -1; k <= 1; k++) {
      weights[k + 1] = Math.max(0, 1 - Math.abs(place - node - k) / REACH);
    }
    return node;
  }

  private void spread(int nodeX, int nodeY, double weight, double residual) {
    if (nodeX < 1 || nodeY < 1 || nodeX > nodes - 2 || nodeY > nodes - 2) {
      return;
    }
    for (int v = -1; v <= 1; v++) {
      int at = (nodeY + v) * nodes + nodeX;
      double w = weight * alongY[v + 1];
      double r = w * residual;
      starWeight[at - 1] += w * alongX[0];
      starWeight[at] += w * alongX[1];
      starWeight[at + 1] += w * alongX[2];
      starResidual[at - 1] += r * alongX[0];
      starResidual[at] += r * alongX[1];
      starResidual[at + 1] += r * alongX[2];
    }
  }

  /** All pixels of a star have the same position terms: its sums join the others at once. */
  private void addStar(double[] powers) {
    int pair = 0;
    int n = nodes * nodes;
    for (int t = 0; t < terms; t++) {
      addScaled(right, t * n, starResidual, powers[t]);
      addScaled(ringRight, t * rings, ringResidual, powers[t]);
      for (int k = t; k < terms; k++) {
        addScaled(matrix, pair * n, starWeight, powers[t] * powers[k]);
        addScaled(ringMatrix, pair * rings, ringWeight, powers[t] * powers[k]);
        pair++;
      }
    }
  }

  private static void addScaled(double[] to, int start, double[] from, double factor) {
    for (int i = 0; i < from.length; i++) {
      to[start + i] += factor * from[i];
    }
  }

  /** Limits that let no pixel pass judgement. */
  double[] noLimits() {
    double[] limits = new double[rings];
    Arrays.fill(limits, Double.POSITIVE_INFINITY);
    return limits;
  }

  /** Four robust standard deviations of what was seen at each radius, never below 4. */
  double[] limits() {
    double[] limits = new double[rings];
    for (int r = 0; r < rings; r++) {
      int total = 0;
      for (int b = 0; b < BINS; b++) {
        total += histogram[r * BINS + b];
      }
      int median = 0;
      for (int below = histogram[r * BINS]; 2 * below < total && median < BINS - 1; ) {
        median++;
        below += histogram[r * BINS + median];
      }
      double sigma = 1.4826 * (median + 0.5) / BINS_PER_SIGMA;
      limits[r] = CLIP * Math.max(1, sigma);
    }
    return limits;
  }
}
