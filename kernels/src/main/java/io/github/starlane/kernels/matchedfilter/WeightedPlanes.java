package io.github.starlane.kernels.matchedfilter;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;
import java.util.Locale;

/**
 * The planes w and w·I with a frame of zeros around them, so that correlations need no edge rules.
 * Pixel (x, y) of the image stands at index {@code (y + pad) * stride + x + pad}.
 */
final class WeightedPlanes {

  final int width;
  final int height;
  final int pad;
  final int stride;
  final int rows;
  final float[] weight;
  final float[] weighted;

  /** Makes one row of both planes, without the frame. */
  @FunctionalInterface
  interface Filler {
    /**
     * Writes weights and weighted pixels.
     *
     * @param mask null if nothing is bad
     * @param from where the row begins in image, variance and mask
     * @param to where it begins in the planes
     */
    void fill(
        float[] pixels,
        float[] variances,
        int[] mask,
        int badBits,
        int from,
        int count,
        float[] weight,
        float[] weighted,
        int to);
  }

  /**
   * Builds the planes.
   *
   * @param pad width of the frame; at least the templates' radius
   * @param tail further zeros at the end of each row, for vectors that reach over it
   * @param further rows of zeros at the end, likewise
   */
  WeightedPlanes(
      Plane image,
      Plane variance,
      MaskPlane mask,
      int badBits,
      int pad,
      int tail,
      int further,
      Filler filler) {
    width = image.width();
    height = image.height();
    Shapes.requireSize("the variance", variance, width, height);
    Shapes.requireSize("the mask", mask, width, height);
    this.pad = pad;
    stride = width + 2 * pad + tail;
    rows = height + 2 * pad + further;
    int size = Math.multiplyExact(stride, rows);
    weight = new float[size];
    weighted = new float[size];
    float[] pixels = HostPlane.pixels(image);
    float[] variances = HostPlane.pixels(variance);
    int[] bits = badBits == 0 ? null : HostMaskPlane.bitsOrNull(mask);
    for (int y = 0; y < height; y++) {
      int to = index(0, y);
      filler.fill(pixels, variances, bits, badBits, y * width, width, weight, weighted, to);
    }
  }

  /** The plain filler. */
  static void fillPlainly(
      float[] pixels,
      float[] variances,
      int[] mask,
      int badBits,
      int from,
      int count,
      float[] weight,
      float[] weighted,
      int to) {
    for (int x = 0; x < count; x++) {
      float pixel = pixels[from + x];
      float w = 1 / variances[from + x];
      // w > 0 also refuses NaN; 1 / variance overflows for denormal variances.
      boolean good = w > 0 && w <= Float.MAX_VALUE && Math.abs(pixel) <= Float.MAX_VALUE;
      good &= mask == null || (mask[from + x] & badBits) == 0;
      weight[to + x] = good ? w : 0;
      weighted[to + x] = good ? w * pixel : 0;
    }
  }

  int index(int x, int y) {
    return (y + pad) * stride + x + pad;
  }

  /** Largest radius of the templates. */
  static int radius(Iterable<Template> templates) {
    int radius = 0;
    for (Template template : templates) {
      int size = template.size();
      if (size < 1 || size % 2 == 0 || template.values().length != size * size) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "template %s: %d values for size %d, which must be odd",
                template.name(),
                template.values().length,
                size));
      }
      radius = Math.max(radius, size / 2);
    }
    return radius;
  }

  /**
   * Σ P w I and Σ P² w at one pixel, in double precision.
   *
   * @param sums receives both
   */
  void correlateAt(Template template, int x, int y, double[] sums) {
    int size = template.size();
    int radius = size / 2;
    float[] values = template.values();
    double signal = 0;
    double norm = 0;
    for (int j = 0; j < size; j++) {
      int row = index(x - radius, y - radius + j);
      for (int i = 0; i < size; i++) {
        double p = values[j * size + i];
        signal += p * weighted[row + i];
        norm += p * p * weight[row + i];
      }
    }
    sums[0] = signal;
    sums[1] = norm;
  }
}
