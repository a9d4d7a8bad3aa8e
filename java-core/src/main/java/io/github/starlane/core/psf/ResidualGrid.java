package io.github.starlane.core.psf;

import io.github.starlane.core.frame.MaskBit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects what stars differ from the model by, at each grid point, and corrects the model by the
 * robust mean.
 */
final class ResidualGrid {
  /** Samples that count as much as the prior "no correction needed". */
  private static final double PRIOR_SAMPLES = 2;

  private final PsfGrid model;
  private final List<float[]> stars = new ArrayList<>();

  ResidualGrid(PsfGrid model) {
    this.model = model;
  }

  /** Adds the pixels of one star: each goes to its nearest grid point. */
  void add(
      float[] pixels,
      int[] bits,
      int width,
      int height,
      double x,
      double y,
      double flux,
      int radius) {
    float[] samples = new float[model.values.length];
    Arrays.fill(samples, Float.NaN);
    for (int py = (int) Math.round(y) - radius; py <= (int) Math.round(y) + radius; py++) {
      for (int px = (int) Math.round(x) - radius; px <= (int) Math.round(x) + radius; px++) {
        boolean inside = px >= 0 && py >= 0 && px < width && py < height;
        if (inside && (bits[py * width + px] & MaskBit.bad()) == 0) {
          int i = (int) Math.round(model.coordinate(px - x));
          int j = (int) Math.round(model.coordinate(py - y));
          if (i >= 0 && j >= 0 && i < model.size && j < model.size) {
            samples[j * model.size + i] =
                (float) (pixels[py * width + px] / flux - between(px - x, py - y));
          }
        }
      }
    }
    stars.add(samples);
  }

  /**
   * The model at an offset [pixel], bilinear: only its difference to nearby grid points matters
   * here.
   */
  private double between(double dx, double dy) {
    double c = Math.min(model.size - 1.001, Math.max(0, model.coordinate(dx)));
    double r = Math.min(model.size - 1.001, Math.max(0, model.coordinate(dy)));
    int i = (int) c;
    int j = (int) r;
    double u = c - i;
    double v = r - j;
    int at = j * model.size + i;
    return (1 - v) * ((1 - u) * model.values[at] + u * model.values[at + 1])
        + v * ((1 - u) * model.values[at + model.size] + u * model.values[at + model.size + 1]);
  }

  /**
   * The model plus the smoothed residuals; beyond {@code wing} [pixel] the residual is its mean
   * over angles.
   */
  PsfGrid corrected(double wing) {
    PsfGrid mean = new PsfGrid(model.size, model.oversampling);
    float[] column = new float[stars.size()];
    for (int k = 0; k < mean.values.length; k++) {
      int n = 0;
      for (float[] star : stars) {
        if (Float.isFinite(star[k])) {
          column[n++] = star[k];
        }
      }
      mean.values[k] = n == 0 ? 0 : clippedMean(column, n) * n / (n + PRIOR_SAMPLES);
    }
    double[] smooth = smooth(mean.values);
    double[] profile = mean.radialProfile();
    PsfGrid result = new PsfGrid(model.size, model.oversampling);
    for (int j = 0; j < model.size; j++) {
      for (int i = 0; i < model.size; i++) {
        int k = j * model.size + i;
        double r = Math.hypot(model.offset(i), model.offset(j));
        int bin = (int) Math.round(r * model.oversampling);
        double radial = bin < profile.length ? profile[bin] : 0;
        double core = Math.min(1, Math.max(0, 2 - r / wing));
        result.values[k] = model.values[k] + core * smooth[k] + (1 - core) * radial;
      }
    }
    return result;
  }

  private static double clippedMean(float[] values, int n) {
    Arrays.sort(values, 0, n);
    double median = values[n / 2];
    double spread = 0.7413 * (values[3 * n / 4] - values[n / 4]);
    double sum = 0;
    int used = 0;
    for (int i = 0; i < n; i++) {
      if (n < 4 || Math.abs(values[i] - median) <= 3 * spread) {
        sum += values[i];
        used++;
      }
    }
    return used == 0 ? median : sum / used;
  }

  /**
   * 5 × 5 smoothing by a local quadratic (Savitzky–Golay), which leaves the curvature of the peak
   * alone.
   */
  private double[] smooth(double[] values) {
    int n = model.size;
    double[] out = new double[values.length];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double sum = 0;
        double weight = 0;
        for (int v = -2; v <= 2; v++) {
          for (int u = -2; u <= 2; u++) {
            int x = i + u;
            int y = j + v;
            if (x >= 0 && y >= 0 && x < n && y < n) {
              double w = (27 - 5.0 * (u * u + v * v)) / 175;
              sum += w * values[y * n + x];
              weight += w;
            }
          }
        }
        out[j * n + i] = sum / weight;
      }
    }
    return out;
  }
}
