package io.github.starlane.core.psf;

import io.github.starlane.core.Statistics;
import io.github.starlane.core.frame.MaskBit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects what stars differ from the model by, and corrects the model.
 *
 * <p>In the core the correction at each node of a grid of half-pixel pitch is a polynomial of the
 * star's position, fitted to all samples within half a pixel of the node, outliers clipped and
 * shrunk towards "no correction" where the samples say little. In the wings it is a mean over
 * angles. Each star's own sky offset, the median of its residual near the edge of the stamp, is
 * taken off first.
 */
final class ResidualField {
  /** Relative error that no star can be better than: keeps the brightest from deciding alone. */
  private static final double RELATIVE_FLOOR = 0.001;

  /** How wrong the first guess may well be: this fraction of its local value … */
  private static final double PRIOR_LOCAL = 0.15;

  /**
   * … plus this fraction of its peak; linear changes over the image half of that, quadratic ones a
   * fifth.
   */
  private static final double PRIOR_PEAK = 2e-4;

  /** Nodes per pixel of the correction. */
  private static final int PITCH = 2;

  private final PsfField model;
  private final PsfGrid guess;
  private final double noise;
  private final double gain;
  private final double wing;
  private final int radius;
  private final int half;
  private final List<List<Sample>> cells = new ArrayList<>();
  private final List<List<double[]>> rings = new ArrayList<>();

  /**
   * One pixel of one star: offset from the star [pixel], residual, weight, and the star's position
   * terms.
   */
  private record Sample(double dx, double dy, double residual, double weight, double[] terms) {}

  /**
   * A collection.
   *
   * @param model to be corrected
   * @param guess the first guess, which rules where the samples say little
   * @param noise standard deviation of the sky [electron]
   * @param gain electrons per image unit
   * @param wing beyond this radius the correction begins to be a mean over angles, beyond twice
   *     this it is nothing else [pixel]
   * @param radius of the stamps [pixel]
   */
  ResidualField(PsfField model, PsfGrid guess, double noise, double gain, double wing, int radius) {
    this.model = model;
    this.guess = guess;
    this.noise = noise;
    this.gain = gain;
    this.wing = wing;
    this.radius = radius;
    this.half = (int) Math.ceil(PITCH * Math.min(radius, 2 * wing));
    for (int k = 0; k < (2 * half + 1) * (2 * half + 1); k++) {
      cells.add(new ArrayList<>());
    }
    for (int k = 0; k <= PITCH * (radius + 1) * 2; k++) {
      rings.add(new ArrayList<>());
    }
  }

  /** Adds the pixels of one star. */
  void add(float[] pixels, int[] bits, int width, int height, double x, double y, double flux) {
    PsfGrid local = model.at(x, y);
    double[] terms = model.powers(x, y);
    List<Sample> star = new ArrayList<>();
    double[] rim = new double[(2 * radius + 1) * (2 * radius + 1)];
    int rimCount = 0;
    for (int py = (int) Math.round(y) - radius; py <= (int) Math.round(y) + radius; py++) {
      for (int px = (int) Math.round(x) - radius; px <= (int) Math.round(x) + radius; px++) {
        boolean inside = px >= 0 && py >= 0 && px < width && py < height;
        double r = Math.hypot(px - x, py - y);
        if (inside && r <= radius && (bits[py * width + px] & MaskBit.bad()) == 0) {
          double expected = Math.max(0, local.at(px - x, py - y));
          double residual = pixels[py * width + px] / flux - local.at(px - x, py - y);
          double weight =
              1
                  / (noise * noise / (flux * flux)
                      + expected / (gain * flux)
                      + RELATIVE_FLOOR * RELATIVE_FLOOR);
          star.add(new Sample(px - x, py - y, residual, weight, terms));
          if (r > radius - 3) {
            rim[rimCount++] = residual;
          }
        }
      }
    }
    double offset = rimCount == 0 ? 0 : Statistics.median(Arrays.stream(rim, 0, rimCount));
    for (Sample s : star) {
      file(new Sample(s.dx, s.dy, s.residual - offset, s.weight, s.terms));
    }
  }

  private void file(Sample s) {
    int i = (int) Math.round(s.dx * PITCH) + half;
    int j = (int) Math.round(s.dy * PITCH) + half;
    if (i >= 0 && j >= 0 && i <= 2 * half && j <= 2 * half) {
      cells.get(j * (2 * half + 1) + i).add(s);
    }
    rings
        .get((int) Math.round(PITCH * Math.hypot(s.dx, s.dy)))
        .add(new double[] {s.residual, s.weight});
  }

  /** The Moffat profile that the stars' mean radial profile shows. */
  MoffatFit.Shape moffat(double fwhm) {
    double[] now = model.middle().radialProfile();
    int n = PITCH * radius + 1;
    double[] at = new double[n];
    double[] value = new double[n];
    double[] weight = new double[n];
    for (int k = 0; k < n; k++) {
      at[k] = k / (double) PITCH;
      int bin = Math.min(now.length - 1, k * guess.oversampling / PITCH);
      value[k] = now[bin] + ringMean(rings.get(k), 0, 1e-9);
      for (double[] sample : rings.get(k)) {
        weight[k] += sample[1];
      }
    }
    return MoffatFit.fit(at, value, weight, fwhm);
  }

  /** The corrected model. */
  PsfField corrected() {
    int size = 2 * half + 1;
    List<PsfGrid> core = new ArrayList<>();
    for (int t = 0; t < model.terms().size(); t++) {
      core.add(new PsfGrid(size, PITCH));
    }
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        double[] coefficients = node(i, j);
        for (int t = 0; t < coefficients.length; t++) {
          core.get(t).values[j * size + i] = coefficients[t];
        }
      }
    }
    double[] profile = profile();
    List<PsfGrid> corrected = new ArrayList<>();
    for (int t = 0; t < core.size(); t++) {
      corrected.add(
          corrected(
              model.terms().get(t), core.get(t), t == 0 ? profile : new double[profile.length]));
    }
    return new PsfField(corrected, model.degree(), model.centreX(), model.centreY(), model.scale());
  }

  private PsfGrid corrected(PsfGrid grid, PsfGrid core, double[] profile) {
    PsfGrid result = new PsfGrid(grid.size, grid.oversampling);
    for (int j = 0; j < grid.size; j++) {
      for (int i = 0; i < grid.size; i++) {
        double dx = grid.offset(i);
        double dy = grid.offset(j);
        double r = Math.hypot(dx, dy);
        double share = Math.min(1, Math.max(0, 2 - r / wing));
        double ring = Math.min(profile.length - 1.001, r * PITCH);
        int k = (int) ring;
        double radial = profile[k] + (ring - k) * (profile[k + 1] - profile[k]);
        double value = share > 0 ? share * core.at(dx, dy) : 0;
        result.values[j * grid.size + i] =
            grid.values[j * grid.size + i] + value + (1 - share) * radial;
      }
    }
    return result;
  }

  /**
   * What is known of a node before any sample: corrections that would restore the guess, and their
   * inverse variances.
   */
  private record Prior(double[] correction, double[] weight) {}

  private Prior prior(double x, double y) {
    int n = model.terms().size();
    double[] correction = new double[n];
    double[] weight = new double[n];
    double sigma = PRIOR_LOCAL * Math.max(0, guess.at(x, y)) + PRIOR_PEAK * guess.at(0, 0);
    for (int t = 0; t < n; t++) {
      correction[t] = (t == 0 ? guess.at(x, y) : 0) - model.terms().get(t).at(x, y);
      double s = t == 0 ? sigma : t < 3 ? sigma / 2 : sigma / 5;
      weight[t] = 1 / (s * s);
    }
    return new Prior(correction, weight);
  }

  /** Coefficients of the position polynomial at one node. */
  private double[] node(int i, int j) {
    List<Sample> near = new ArrayList<>();
    int size = 2 * half + 1;
    for (int v = Math.max(0, j - 1); v <= Math.min(size - 1, j + 1); v++) {
      for (int u = Math.max(0, i - 1); u <= Math.min(size - 1, i + 1); u++) {
        near.addAll(cells.get(v * size + u));
      }
    }
    double x = (i - half) / (double) PITCH;
    double y = (j - half) / (double) PITCH;
    Prior prior = prior(x, y);
    double[] none = new double[model.terms().size()];
    double[] first = fit(near, x, y, prior, none, Double.POSITIVE_INFINITY);
    if (near.isEmpty()) {
      return first;
    }
    double pull = Statistics.median(near.stream().mapToDouble(s -> pull(s, first)));
    double limit = 4 * Math.max(1, Statistics.SIGMA_PER_MAD * pull);
    return fit(near, x, y, prior, first, limit);
  }

  private static double pull(Sample s, double[] coefficients) {
    double r = s.residual;
    for (int t = 0; t < coefficients.length; t++) {
      r -= coefficients[t] * s.terms[t];
    }
    return Math.abs(r) * Math.sqrt(s.weight);
  }

  /**
   * Ridge regression; samples whose pull from earlier coefficients exceeds the limit are left out.
   */
  private static double[] fit(
      List<Sample> samples, double x, double y, Prior prior, double[] earlier, double limit) {
    int n = earlier.length;
    double[][] a = new double[n][n + 1];
    for (int t = 0; t < n; t++) {
      a[t][t] = prior.weight[t];
      a[t][n] = prior.weight[t] * prior.correction[t];
    }
    boolean all = limit == Double.POSITIVE_INFINITY;
    for (Sample s : samples) {
      if (all || pull(s, earlier) <= limit) {
        // A triangle in both axes: samples a whole half-pixel away count little.
        double alongX = 1 - Math.min(1, Math.abs(s.dx - x) * PITCH / 1.5);
        double alongY = 1 - Math.min(1, Math.abs(s.dy - y) * PITCH / 1.5);
        addSample(a, s, s.weight * alongX * alongY);
      }
    }
    for (int t = 0; t < n; t++) {
      for (int k = 0; k < t; k++) {
        a[t][k] = a[k][t];
      }
    }
    return solve(a);
  }

  /** Adds to the upper triangle of the normal equations. */
  private static void addSample(double[][] a, Sample s, double weight) {
    int n = a.length;
    for (int t = 0; t < n; t++) {
      double w = weight * s.terms[t];
      for (int k = t; k < n; k++) {
        a[t][k] += w * s.terms[k];
      }
      a[t][n] += w * s.residual;
    }
  }

  /** Gaussian elimination of a small positive definite system [A | b]. */
  private static double[] solve(double[][] a) {
    int n = a.length;
    for (int p = 0; p < n; p++) {
      for (int r = p + 1; r < n; r++) {
        double f = a[r][p] / a[p][p];
        for (int c = p; c <= n; c++) {
          a[r][c] -= f * a[p][c];
        }
      }
    }
    double[] x = new double[n];
    for (int p = n - 1; p >= 0; p--) {
      double sum = a[p][n];
      for (int c = p + 1; c < n; c++) {
        sum -= a[p][c] * x[c];
      }
      x[p] = sum / a[p][p];
    }
    return x;
  }

  /**
   * Mean residual over angles, clipped, per half pixel of radius; drawn towards the guess as in
   * {@link #prior}.
   */
  private double[] profile() {
    double[] profile = new double[PITCH * (radius + 2)];
    double[] now = model.middle().radialProfile();
    double[] before = guess.radialProfile();
    for (int k = 0; k < profile.length && k < rings.size(); k++) {
      int bin = Math.min(before.length - 1, k * guess.oversampling / PITCH);
      double sigma = PRIOR_LOCAL * Math.max(0, before[bin]) + PRIOR_PEAK * before[0];
      double weight = 1 / (sigma * sigma);
      profile[k] = ringMean(rings.get(k), weight * (before[bin] - now[bin]), weight);
    }
    return profile;
  }

  private static double ringMean(List<double[]> ring, double priorSum, double priorWeight) {
    double sum = priorSum;
    double weight = priorWeight;
    if (!ring.isEmpty()) {
      double median = Statistics.median(ring.stream().mapToDouble(s -> s[0]));
      double pull =
          Statistics.median(
              ring.stream().mapToDouble(s -> Math.abs(s[0] - median) * Math.sqrt(s[1])));
      double limit = 4 * Math.max(1, Statistics.SIGMA_PER_MAD * pull);
      for (double[] s : ring) {
        if (Math.abs(s[0] - median) * Math.sqrt(s[1]) <= limit) {
          sum += s[0] * s[1];
          weight += s[1];
        }
      }
    }
    return sum / weight;
  }
}
