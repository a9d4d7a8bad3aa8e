package io.github.starlane.kernels.radon;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.Arrays;

/** The image over its variance, the weights, and both smoothed; all of them binned. */
final class StreakImage {

  /**
   * S/N of single pixels beyond this does not count in the search: else a star's remnant would make
   * a streak of every path through it. A streak with more in each pixel is found all the same.
   */
  private static final float CLIP = 4;

  final int width;
  final int height;

  /** I / V and 1 / V, 0 for pixels without weight. */
  final float[] signal;

  final float[] weight;

  /** J and K. */
  final float[] smoothSignal;

  final float[] smoothWeight;
  private final PsfProfile psf;
  private final RowSums rows;

  /**
   * Sums the pixels of squares.
   *
   * @param psf in binned pixels
   */
  StreakImage(
      Plane image,
      Plane variance,
      MaskPlane mask,
      PsfProfile psf,
      int badBits,
      int bin,
      RowSums rows) {
    this.psf = psf;
    this.rows = rows;
    width = (image.width() + bin - 1) / bin;
    height = (image.height() + bin - 1) / bin;
    float[] pixels = HostPlane.pixels(image);
    float[] variances = HostPlane.pixels(variance);
    int[] bits = HostMaskPlane.bitsOrNull(mask);
    signal = new float[width * height];
    weight = new float[width * height];
    int columns = image.width();
    float[] signalRow = new float[width * bin];
    float[] weightRow = new float[width * bin];
    for (int y = 0; y < image.height(); y++) {
      int from = y * columns;
      if (bin == 1) {
        rows.addWeighted(pixels, variances, bits, badBits, from, signal, weight, from, columns);
      } else {
        rows.addWeighted(pixels, variances, bits, badBits, from, signalRow, weightRow, 0, columns);
      }
      if (bin > 1 && (y % bin == bin - 1 || y == image.height() - 1)) {
        rows.fold(signalRow, bin, signal, y / bin * width, width);
        rows.fold(weightRow, bin, weight, y / bin * width, width);
        Arrays.fill(signalRow, 0);
        Arrays.fill(weightRow, 0);
      }
    }
    smoothSignal = new float[signal.length];
    smoothWeight = new float[signal.length];
  }

  /** Brings J and K up to date. */
  void smooth() {
    smooth(signal, psf.kernel, smoothSignal);
    smooth(weight, psf.narrow, smoothWeight);
  }

  /** J over its noise, not beyond ±{@value #CLIP}; 0 where there is no weight. */
  float[] significance() {
    float[] result = new float[signal.length];
    float perWeight = (float) psf.correlation(0, 0);
    for (int i = 0; i < result.length; i++) {
      float noise = (float) Math.sqrt(perWeight * smoothWeight[i]);
      float ratio = smoothSignal[i] / Math.max(noise, Float.MIN_NORMAL);
      result[i] = Math.max(-CLIP, Math.min(CLIP, ratio));
    }
    return result;
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
    SegmentRows run = new SegmentRows(streak.x1(), streak.y1(), streak.x2(), streak.y2(), distance);
    for (int y = run.firstRow(); y <= run.lastRow(height); y++) {
      int last = run.lastColumn(y, width);
      for (int x = run.firstColumn(y); x <= last; x++) {
        erase(x, y);
      }
    }
  }

  /** Convolution with the same symmetric kernel along columns and rows; 0 beyond the edges. */
  private void smooth(float[] source, float[] kernel, float[] out) {
    int reach = kernel.length / 2;
    float[] row = new float[width + 2 * reach];
    for (int y = 0; y < height; y++) {
      int begin = Math.max(0, y - reach);
      int taps = Math.min(height - 1, y + reach) - begin + 1;
      int first = begin - y + reach;
      rows.convolve(source, begin * width, width, kernel, first, taps, row, reach, width);
      rows.convolve(row, 0, 1, kernel, 0, kernel.length, out, y * width, width);
    }
  }
}
