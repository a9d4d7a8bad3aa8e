package io.github.starlane.kernels.laplacian;

import io.github.starlane.kernels.laplacian.LaplacianParameters.Fill;
import java.util.Arrays;

/** Replaces pixels of a working image by what their 5 × 5 neighbours say. */
final class Filler {

  private static final int REACH = 2;

  /** Good pixels that the image's own level is the median of, about. */
  private static final int LEVEL_SAMPLE = 10_000;

  private final WorkingImage working;
  private final Fill fill;
  private final float[] window = new float[(2 * REACH + 1) * (2 * REACH + 1)];

  Filler(WorkingImage working, Fill fill) {
    this.working = working;
    this.fill = fill;
  }

  /** Replaces image and variance of these pixels, by values from before any is replaced. */
  void fill(PixelList pixels) {
    replace(working.image, pixels);
    replace(working.variance, pixels);
  }

  private void replace(float[] values, PixelList pixels) {
    float[] filled = new float[pixels.size()];
    float level = Float.NaN;
    for (int k = 0; k < filled.length; k++) {
      filled[k] = value(values, pixels.get(k));
      if (Float.isNaN(filled[k])) {
        level = Float.isNaN(level) ? level(values) : level;
        filled[k] = level;
      }
    }
    for (int k = 0; k < filled.length; k++) {
      working.set(values, pixels.get(k), filled[k]);
    }
  }

  /** NaN if no neighbour is good. */
  private float value(float[] values, int index) {
    return switch (fill) {
      case MEAN -> weightedMean(values, index, false);
      case INTERPOLATION -> weightedMean(values, index, true);
      case MASKED_MEDIAN -> maskedMedian(values, index);
      case MEDIAN -> Medians.square(values, index, working.stride, REACH);
    };
  }

  private float weightedMean(float[] values, int index, boolean byDistance) {
    double sum = 0;
    double weights = 0;
    for (int j = -REACH; j <= REACH; j++) {
      for (int i = -REACH; i <= REACH; i++) {
        int at = index + j * working.stride + i;
        if (working.state[at] == 0) {
          double weight = byDistance ? 1 / Math.sqrt(i * i + j * j) : 1;
          sum += weight * values[at];
          weights += weight;
        }
      }
    }
    return weights == 0 ? Float.NaN : (float) (sum / weights);
  }

  private float maskedMedian(float[] values, int index) {
    int n = 0;
    for (int j = -REACH; j <= REACH; j++) {
      for (int i = -REACH; i <= REACH; i++) {
        int at = index + j * working.stride + i;
        if (working.state[at] == 0) {
          window[n++] = values[at];
        }
      }
    }
    return n == 0 ? Float.NaN : median(window, n);
  }

  /** Median of a sample of the good pixels; 0 if there are none. */
  private float level(float[] values) {
    int step = Math.max(1, working.width * working.height / LEVEL_SAMPLE);
    float[] sample = new float[LEVEL_SAMPLE + working.width * working.height / step];
    int n = 0;
    int seen = 0;
    for (int y = 0; y < working.height; y++) {
      int row = working.index(0, y);
      for (int i = row; i < row + working.width; i++) {
        if (working.state[i] == 0 && seen++ % step == 0) {
          sample[n++] = values[i];
        }
      }
    }
    return n == 0 ? 0 : median(sample, n);
  }

  private static float median(float[] values, int n) {
    Arrays.sort(values, 0, n);
    return n % 2 == 1 ? values[n / 2] : 0.5f * (values[n / 2 - 1] + values[n / 2]);
  }
}
