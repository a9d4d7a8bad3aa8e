package io.github.starlane.kernels.resample;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;

/**
 * The 6 × 6 input pixels under one output pixel, summed in double precision with every rule of
 * {@link Resample}. Mutable: {@link #sum} leaves its results in the fields.
 */
final class Footprint {

  /** Weighted mean of the good pixels; NaN where less than half of the weight is good. */
  double value;

  /** Variance of {@link #value}. */
  double variance;

  /** Inherited mask bits. */
  int bits;

  private final int width;
  private final int height;
  private final float[] pixels;
  private final float[] variances;
  private final int[] mask;
  private final ResampleParameters parameters;
  private final double[] weightsX = new double[Lanczos.TAPS];
  private final double[] weightsY = new double[Lanczos.TAPS];

  Footprint(Plane image, Plane variance, MaskPlane mask, ResampleParameters parameters) {
    this.width = image.width();
    this.height = image.height();
    this.pixels = HostPlane.pixels(image);
    this.variances = HostPlane.pixelsOrNull(variance);
    this.mask = HostMaskPlane.bitsOrNull(mask);
    this.parameters = parameters;
  }

  /** Sums around input position (x, y). */
  void sum(double x, double y) {
    // Also catches NaN; positions this far out have no pixel under them.
    if (!(x > -4 && y > -4 && x < width + 3 && y < height + 3)) {
      setEmpty(0);
      return;
    }
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    Lanczos.weights(x - x0, weightsX);
    Lanczos.weights(y - y0, weightsY);
    double sum = 0;
    double sumWeight = 0;
    double sumVariance = 0;
    int inherited = 0;
    for (int j = Math.max(0, 2 - y0); j < Lanczos.TAPS && y0 - 2 + j < height; j++) {
      for (int i = Math.max(0, 2 - x0); i < Lanczos.TAPS && x0 - 2 + i < width; i++) {
        int at = (y0 - 2 + j) * width + x0 - 2 + i;
        double weight = weightsX[i] * weightsY[j];
        int pixelBits = mask == null ? 0 : mask[at];
        inherited |= inherits(i, j, weight) ? pixelBits : 0;
        boolean weighs = Math.abs(weight) >= Lanczos.NEGLIGIBLE_WEIGHT;
        if (weighs && (pixelBits & parameters.badBits()) == 0 && Float.isFinite(pixels[at])) {
          sum += weight * pixels[at];
          sumWeight += weight;
          sumVariance += variances == null ? 0 : weight * weight * variances[at];
        }
      }
    }
    if (sumWeight < Lanczos.LEAST_WEIGHT) {
      setEmpty(inherited);
      return;
    }
    value = sum / sumWeight;
    variance = sumVariance / (sumWeight * sumWeight);
    bits = inherited;
  }

  private boolean inherits(int i, int j, double weight) {
    return switch (parameters.maskRule()) {
      case TOUCHED -> Math.abs(weight) > parameters.maskWeight();
      case NEAREST -> i == nearest(weightsX) && j == nearest(weightsY);
    };
  }

  private static int nearest(double[] weights) {
    return weights[3] >= weights[2] ? 3 : 2;
  }

  private void setEmpty(int inherited) {
    value = Double.NaN;
    variance = Double.NaN;
    bits = inherited | parameters.emptyBit();
  }
}
