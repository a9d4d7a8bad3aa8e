package io.github.starlane.kernels.radon;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.Arrays;

/** The image over its variance, the weights, and both smoothed. */
final class StreakImage {

  final int width;
  final int height;

  /** I / V and 1 / V, 0 for pixels without weight. */
  final float[] signal;

  final float[] weight;

  /** J and K. */
  final float[] smoothSignal;

  final float[] smoothWeight;
  private final PsfProfile psf;

  StreakImage(Plane image, Plane variance, MaskPlane mask, PsfProfile psf, int badBits) {
    this.psf = psf;
    width = image.width();
    height = image.height();
    float[] pixels = HostPlane.pixels(image);
    float[] variances = HostPlane.pixels(variance);
    int[] bits = HostMaskPlane.bitsOrNull(mask);
    signal = new float[pixels.length];
    weight = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      float w = 1 / variances[i];
      float s = pixels[i] * w;
      boolean good = w > 0 && w <= Float.MAX_VALUE && Math.abs(s) <= Float.MAX_VALUE;
      if (good && (bits == null || (bits[i] & badBits) == 0)) {
        weight[i] = w;
        signal[i] = s;
      }
    }
    smoothSignal = new float[pixels.length];
    smoothWeight = new float[pixels.length];
  }

  /** Brings J and K up to date. */
  void smooth() {
    float[] scratch = new float[signal.length];
    smooth(signal, psf.kernel, scratch, smoothSignal);
    smooth(weight, psf.narrow, scratch, smoothWeight);
  }

  /** Mean of K over the pixels that have weight; 0 if none has. */
  double meanWeight() {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < weight.length; i++) {
      sum += weight[i];
      n += weight[i] > 0 ? 1 : 0;
    }
    return n == 0 ? 0 : sum / n;
  }

  void erase(int x, int y) {
    signal[y * width + x] = 0;
    weight[y * width + x] = 0;
  }

  /** Takes the weight of all pixels within a distance of a segment. */
  void erase(Streak streak, double distance) {
    double dx = streak.x2() - streak.x1();
    double dy = streak.y2() - streak.y1();
    double square = Math.max(1e-9, dx * dx + dy * dy);
    int fromX = (int) Math.max(0, Math.min(streak.x1(), streak.x2()) - distance);
    int toX = (int) Math.min(width - 1, Math.max(streak.x1(), streak.x2()) + distance);
    int fromY = (int) Math.max(0, Math.min(streak.y1(), streak.y2()) - distance);
    int toY = (int) Math.min(height - 1, Math.max(streak.y1(), streak.y2()) + distance);
    for (int y = fromY; y <= toY; y++) {
      for (int x = fromX; x <= toX; x++) {
        double along = ((x - streak.x1()) * dx + (y - streak.y1()) * dy) / square;
        double t = Math.clamp(along, 0.0, 1.0);
        if (Math.hypot(x - streak.x1() - t * dx, y - streak.y1() - t * dy) <= distance) {
          erase(x, y);
        }
      }
    }
  }

  /** Convolution with the same symmetric kernel along rows and columns; 0 beyond the edges. */
  private void smooth(float[] source, float[] kernel, float[] scratch, float[] out) {
    int reach = kernel.length / 2;
    Arrays.fill(scratch, 0);
    Arrays.fill(out, 0);
    for (int y = 0; y < height; y++) {
      for (int k = -reach; k <= reach; k++) {
        int from = Math.max(0, -k);
        int to = Math.min(width, width - k);
        addScaled(
            source, y * width + k + from, kernel[k + reach], scratch, y * width + from, to - from);
      }
    }
    for (int y = 0; y < height; y++) {
      for (int k = Math.max(-reach, -y); k <= Math.min(reach, height - 1 - y); k++) {
        addScaled(scratch, (y + k) * width, kernel[k + reach], out, y * width, width);
      }
    }
  }

  private static void addScaled(
      float[] source, int from, float factor, float[] out, int to, int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] += factor * source[from + i];
    }
  }
}
