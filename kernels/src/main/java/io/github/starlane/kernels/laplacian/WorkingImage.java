package io.github.starlane.kernels.laplacian;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.Arrays;

/**
 * Copies of image and variance that are filled as cosmic rays are found, with a margin of repeated
 * edge pixels, and what is known of each pixel.
 */
final class WorkingImage {

  /** Neither tested nor used for filling. */
  static final byte PROTECTED = 1;

  /** Found to be a cosmic ray. */
  static final byte COSMIC = 2;

  /** Not finite in the input. */
  static final byte MISSING = 4;

  /** Reach of a saturated star's pixel, squared, and in columns and rows. */
  private static final int STAR_SQUARE = 20;

  private static final int STAR_REACH = 4;

  final int width;
  final int height;
  final int margin;

  /** Elements from one row to the next. */
  final int stride;

  /** Rows and columns with the margin, row-major. */
  final float[] image;

  final float[] variance;

  /** Sum of {@link #PROTECTED}, {@link #COSMIC}, {@link #MISSING}; the margin is protected. */
  final byte[] state;

  private final LaplacianParameters parameters;

  /**
   * Copies the input; bad pixels and their neighbours are protected.
   *
   * @param margin repeated pixels on the left, above and below
   * @param right columns on the right, at least the margin
   */
  WorkingImage(
      Plane image,
      Plane variance,
      MaskPlane mask,
      LaplacianParameters parameters,
      int margin,
      int right) {
    this.parameters = parameters;
    this.margin = margin;
    width = image.width();
    height = image.height();
    stride = margin + width + right;
    int size = Math.multiplyExact(stride, height + 2 * margin);
    this.image = new float[size];
    this.variance = new float[size];
    state = new byte[size];
    Arrays.fill(state, PROTECTED);
    copy(HostPlane.pixels(image), HostPlane.pixelsOrNull(variance), HostMaskPlane.bitsOrNull(mask));
    fillMissing();
    extend(this.image);
    extend(this.variance);
  }

  /** Index of a pixel; the margin has negative coordinates, or such beyond the size. */
  int index(int x, int y) {
    return (y + margin) * stride + x + margin;
  }

  int x(int index) {
    return index % stride - margin;
  }

  int y(int index) {
    return index / stride - margin;
  }

  private void copy(float[] pixels, float[] variances, int[] bits) {
    float perGain = (float) (1 / parameters.gain());
    float square = (float) (parameters.readNoise() * parameters.readNoise());
    for (int y = 0; y < height; y++) {
      int from = y * width;
      int to = index(0, y);
      System.arraycopy(pixels, from, image, to, width);
      Arrays.fill(state, to, to + width, (byte) 0);
      if (variances == null) {
        for (int x = 0; x < width; x++) {
          variance[to + x] = pixels[from + x] * perGain + square;
        }
      } else {
        System.arraycopy(variances, from, variance, to, width);
      }
    }
    for (int y = 0; y < height; y++) {
      protectBad(y, bits);
    }
  }

  private void protectBad(int y, int[] bits) {
    int at = index(0, y);
    int row = y * width;
    for (int x = 0; x < width; x++) {
      boolean known = Math.abs(image[at + x]) + Math.abs(variance[at + x]) <= Float.MAX_VALUE;
      if (!known || (bits != null && (bits[row + x] & parameters.badBits()) != 0)) {
        state[at + x] |= known ? 0 : MISSING;
        protectAround(x, y, 1, 2, bits, 0);
      }
    }
  }

  private void protectAround(int x, int y, int reach, int largestSquare, int[] bits, int bit) {
    for (int j = Math.max(0, y - reach); j <= Math.min(height - 1, y + reach); j++) {
      for (int i = Math.max(0, x - reach); i <= Math.min(width - 1, x + reach); i++) {
        if ((i - x) * (i - x) + (j - y) * (j - y) <= largestSquare) {
          state[index(i, j)] |= PROTECTED;
          if (bit != 0) {
            bits[j * width + i] |= bit;
          }
        }
      }
    }
  }

  private void fillMissing() {
    PixelList missing = new PixelList();
    for (int y = 0; y < height; y++) {
      int at = index(0, y);
      for (int i = at; i < at + width; i++) {
        if ((state[i] & MISSING) != 0) {
          missing.add(i);
        }
      }
    }
    if (missing.size() > 0) {
      // Values that a masked mean does not read: order does not matter.
      new Filler(this, LaplacianParameters.Fill.MEAN).fill(missing);
    }
  }

  private void extend(float[] values) {
    if (width == 0 || height == 0) {
      return;
    }
    for (int y = 0; y < height; y++) {
      int first = index(0, y);
      Arrays.fill(values, first - margin, first, values[first]);
      int last = first + width - 1;
      Arrays.fill(values, last + 1, (y + margin + 1) * stride, values[last]);
    }
    int top = index(0, 0) - margin;
    int bottom = index(0, height - 1) - margin;
    for (int k = 1; k <= margin; k++) {
      System.arraycopy(values, top, values, top - k * stride, stride);
      System.arraycopy(values, bottom, values, bottom + k * stride, stride);
    }
  }

  /**
   * Protects saturated stars.
   *
   * @param bits of the image without margin; around the stars they get saturatedStarBit
   */
  void protectStars(int[] bits) {
    float limit = (float) parameters.saturation();
    if (limit == Float.POSITIVE_INFINITY) {
      return;
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = index(x, y);
        if (image[at] >= limit && Medians.square(image, at, stride, 2) > limit / 10) {
          protectAround(x, y, STAR_REACH, STAR_SQUARE, bits, parameters.saturatedStarBit());
        }
      }
    }
  }

  /** Writes a filled pixel, and again into the margin if it stands at an edge. */
  void set(float[] values, int index, float value) {
    values[index] = value;
    int x = x(index);
    int y = y(index);
    if (x == 0 || y == 0 || x == width - 1 || y == height - 1) {
      int left = x == 0 ? -margin : x;
      int right = x == width - 1 ? stride - margin - 1 : x;
      int top = y == 0 ? -margin : y;
      int bottom = y == height - 1 ? height + margin - 1 : y;
      for (int j = top; j <= bottom; j++) {
        Arrays.fill(values, index(left, j), index(right, j) + 1, value);
      }
    }
  }
}
