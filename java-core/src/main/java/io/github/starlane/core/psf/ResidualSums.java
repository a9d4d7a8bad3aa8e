package io.github.starlane.core.psf;

import java.util.Arrays;

/**
 * What stars differ from the model by, summed up into the normal equations of a correction: at each
 * node of a grid of half-pixel pitch around the star (core), and in rings of half a pixel (wings),
 * the residual is a polynomial of the star's position.
 *
 * <p>A pixel counts at the nodes within 0.75 pixel along both axes, less the farther away. Its
 * weight is the inverse variance of noise and of what a model may well be wrong, {@value
 * #RELATIVE_ERROR} of its value, so that the brightest do not decide alone. Pixels whose residual
 * is too large for their radius are left out. All sums are plain arrays; those of several workers
 * may be added in a fixed order.
 */
final class ResidualSums {
  /** Nodes per pixel of the correction. */
  static final int PITCH = 2;

  /** Reach of a pixel's weight [node]. */
  private static final double REACH = 1.5;

  private static final double RELATIVE_ERROR = 0.01;

  /** Where the model is low: fraction of its peak. */
  private static final double ERROR_AT_PEAK = 1e-4;

  /** Width of the rim that the sky under a star is taken from [pixel]. */
  static final int RIM = 3;

  /** Bins of the histograms of |residual| / σ, and how many there are per unit. */
  private static final int BINS = 256;

  private static final double BINS_PER_SIGMA = 16;
  private static final double CLIP = 4;

  /** Stars that are added at once. */
  private static final int BATCH = 4;

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
  private final double floor;
  private final EllipticalRadius shape;
  private final double[] value;
  private final double[] rim;

  /** The sums of single stars, by node and by ring, until there are {@value #BATCH} of them. */
  private final double[][] starWeight;

  private final double[][] starResidual;
  private final double[][] ringWeight;
  private final double[][] ringResidual;
  private final double[][] powersOf;
  private int waiting;
  private final double[] alongX = new double[3];
  private final double[] alongY = new double[3];

  /**
   * Empty sums.
   *
   * @param terms of the position polynomial
   * @param core reach of the nodes [pixel]
   * @param radius of the stamps [pixel]
   * @param shape of the rings
   * @param peak of the model
   * @param gain electrons per image unit
   */
  ResidualSums(
      int terms, double core, int radius, EllipticalRadius shape, double peak, double gain) {
    this.floor = ERROR_AT_PEAK * peak;
    this.shape = shape;
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
    starWeight = new double[BATCH][nodes * nodes];
    starResidual = new double[BATCH][nodes * nodes];
    ringWeight = new double[BATCH][rings];
    ringResidual = new double[BATCH][rings];
    powersOf = new double[BATCH][terms];
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
    begin(powers);
    double[] weightOfRing = ringWeight[waiting];
    double[] residualOfRing = ringResidual[waiting];
    double dx = x0 - stars.x[s];
    double dy = y0 - stars.y[s];
    int nodeX = phase(dx, alongX);
    int nodeY = phase(dy, alongY);
    double flux = stars.flux[s];
    double skyTerm = stars.skyVariance[s] / (flux * flux);
    double ownTerm = 1 / (gain * flux);
    for (int j = Math.max(0, -row); j < Math.min(edge, part.size() - row); j++) {
      for (int i = Math.max(0, -column); i < Math.min(edge, part.size() - column); i++) {
        float pixel = part.pixels()[stamp + (row + j) * part.size() + column + i];
        double r2 = (dx + i) * (dx + i) + (dy + j) * (dy + j);
        if (!Float.isNaN(pixel) && r2 <= radius * radius) {
          double expected = value[j * edge + i];
          double residual = (pixel - stars.sky[s]) / flux - expected;
          double light = Math.max(0, expected);
          double wrong = RELATIVE_ERROR * light + floor;
          double weight = 1 / (skyTerm + ownTerm * light + wrong * wrong);
          int ring = Math.min(rings - 1, (int) (PITCH * shape.of(dx + i, dy + j) + 0.5));
          double pull = Math.abs(residual) * Math.sqrt(weight);
          histogram[ring * BINS + (int) Math.min(BINS - 1, pull * BINS_PER_SIGMA)]++;
          if (pull <= limits[ring]) {
            weightOfRing[ring] += weight;
            residualOfRing[ring] += weight * residual;
            spread(nodeX + PITCH * i, nodeY + PITCH * j, weight, residual);
          }
        }
      }
    }
    waiting++;
    if (waiting == BATCH) {
      flush();
    }
  }

  /** Makes room for the next star of the batch. */
  private void begin(double[] powers) {
    System.arraycopy(powers, 0, powersOf[waiting], 0, terms);
    Arrays.fill(starWeight[waiting], 0);
    Arrays.fill(starResidual[waiting], 0);
    Arrays.fill(ringWeight[waiting], 0);
    Arrays.fill(ringResidual[waiting], 0);
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
        if (!Float.isNaN(pixel) && r2 <= radius * radius && r2 > (radius - RIM) * (radius - RIM)) {
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
    double[] weights = starWeight[waiting];
    double[] residuals = starResidual[waiting];
    for (int v = -1; v <= 1; v++) {
      int at = (nodeY + v) * nodes + nodeX;
      double w = weight * alongY[v + 1];
      double r = w * residual;
      weights[at - 1] += w * alongX[0];
      weights[at] += w * alongX[1];
      weights[at + 1] += w * alongX[2];
      residuals[at - 1] += r * alongX[0];
      residuals[at] += r * alongX[1];
      residuals[at + 1] += r * alongX[2];
    }
  }

  /**
   * All pixels of a star have the same position terms, so that its own sums join the others at
   * once; four stars at a time, as the sums are then read and written less often.
   */
  private void flush() {
    int pair = 0;
    int n = nodes * nodes;
    double[] factors = new double[BATCH];
    for (int t = 0; t < terms; t++) {
      for (int s = 0; s < BATCH; s++) {
        factors[s] = s < waiting ? powersOf[s][t] : 0;
      }
      addScaled(right, t * n, starResidual, factors);
      addScaled(ringRight, t * rings, ringResidual, factors);
      for (int k = t; k < terms; k++) {
        for (int s = 0; s < waiting; s++) {
          factors[s] = powersOf[s][t] * powersOf[s][k];
        }
        addScaled(matrix, pair * n, starWeight, factors);
        addScaled(ringMatrix, pair * rings, ringWeight, factors);
        pair++;
      }
    }
    waiting = 0;
  }

  private static void addScaled(double[] to, int start, double[][] from, double[] factors) {
    double[] a = from[0];
    double[] b = from[1];
    double[] c = from[2];
    double[] d = from[3];
    double fa = factors[0];
    double fb = factors[1];
    double fc = factors[2];
    double fd = factors[3];
    for (int i = 0; i < a.length; i++) {
      to[start + i] += fa * a[i] + fb * b[i] + fc * c[i] + fd * d[i];
    }
  }

  /** Adds the sums of other stars; both must have been ended. */
  void add(ResidualSums other) {
    add(other.matrix, matrix);
    add(other.right, right);
    add(other.ringMatrix, ringMatrix);
    add(other.ringRight, ringRight);
    for (int i = 0; i < histogram.length; i++) {
      histogram[i] += other.histogram[i];
    }
  }

  private static void add(double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  /** Ends the sums: to be called after the last star. */
  void finish() {
    if (waiting > 0) {
      flush();
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
