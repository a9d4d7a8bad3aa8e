package io.github.starlane.core.source;

import io.github.starlane.core.frame.MaskBit;
import io.github.starlane.kernels.Backend;
import io.github.starlane.kernels.Plane;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A small window of an image on the host: light, and its noise; bad pixels have infinite noise. */
final class Cutout {
  private final int left;
  private final int bottom;
  private final int width;
  private final int height;
  private final double[] light;
  private final double[] variance;

  private Cutout(int left, int bottom, int width, int height) {
    this.left = left;
    this.bottom = bottom;
    this.width = width;
    this.height = height;
    this.light = new double[width * height];
    this.variance = new double[width * height];
  }

  /**
   * Cuts out what lies within a distance of a place.
   *
   * @param image without its background
   * @param noise variance
   * @param mask bits of all pixels of the image
   * @param half the window is {@code 2 half + 1} pixels wide, less at the edges of the image
   */
  static Cutout of(
      Backend backend, Plane image, Plane noise, int[] mask, double x, double y, int half) {
    int column = (int) Math.round(x);
    int row = (int) Math.round(y);
    int left = Math.max(0, column - half);
    int bottom = Math.max(0, row - half);
    int width = Math.max(0, Math.min(image.width(), column + half + 1) - left);
    int height = Math.max(0, Math.min(image.height(), row + half + 1) - bottom);
    Cutout cutout = new Cutout(left, bottom, width, height);
    int[] columns = new int[width * height];
    int[] rows = new int[width * height];
    for (int k = 0; k < columns.length; k++) {
      columns[k] = left + k % width;
      rows[k] = bottom + k / width;
    }
    float[] pixels = backend.arithmetic().sample(image, columns, rows);
    float[] variances = backend.arithmetic().sample(noise, columns, rows);
    int bad = MaskBit.bad();
    for (int k = 0; k < pixels.length; k++) {
      boolean good =
          (mask[rows[k] * image.width() + columns[k]] & bad) == 0
              && Float.isFinite(pixels[k])
              && variances[k] > 0
              && variances[k] < Float.POSITIVE_INFINITY;
      cutout.light[k] = good ? pixels[k] : 0;
      cutout.variance[k] = good ? variances[k] : Double.POSITIVE_INFINITY;
    }
    return cutout;
  }

  /** The same window, to be changed. */
  Cutout copy() {
    Cutout copy = new Cutout(left, bottom, width, height);
    System.arraycopy(light, 0, copy.light, 0, light.length);
    System.arraycopy(variance, 0, copy.variance, 0, light.length);
    return copy;
  }

  /** Adds a star's light, or with a negative flux takes it off. */
  void addStar(PsfPatch psf, double x, double y, double flux) {
    addTo(light, psf, x, y, flux);
  }

  /** Adds a star's light in the good pixels of this window to other values of them. */
  void addTo(double[] values, PsfPatch psf, double x, double y, double flux) {
    int reach = psf.reach();
    for (int j = firstRow(y - reach); j <= lastRow(y + reach); j++) {
      for (int i = firstColumn(x - reach); i <= lastColumn(x + reach); i++) {
        int k = (j - bottom) * width + i - left;
        if (isGood(k)) {
          values[k] += flux * psf.at(i - x, j - y);
        }
      }
    }
  }

  /** The PSF itself, in a window around the middle of a pixel. */
  static Cutout of(PsfPatch psf, int half) {
    Cutout cutout = new Cutout(-half, -half, 2 * half + 1, 2 * half + 1);
    Arrays.fill(cutout.variance, 1);
    cutout.addStar(psf, 0, 0, 1);
    return cutout;
  }

  /**
   * Gives bad pixels the light, and the noise, of the pixel opposite of a centre, as far as that is
   * good.
   *
   * @return the same window, completed
   */
  Cutout completed(double x, double y) {
    Cutout result = new Cutout(left, bottom, width, height);
    for (int k = 0; k < light.length; k++) {
      int opposite = opposite(k, x, y);
      int from = isGood(k) || opposite < 0 ? k : opposite;
      result.light[k] = light[from];
      result.variance[k] = variance[from];
    }
    return result;
  }

  /** The pixel on the other side of a centre; −1 if it is outside. */
  private int opposite(int k, double x, double y) {
    int i = (int) Math.round(2 * x - column(k)) - left;
    int j = (int) Math.round(2 * y - row(k)) - bottom;
    return i >= 0 && j >= 0 && i < width && j < height ? j * width + i : -1;
  }

  /** Indices of the good pixels within a distance of a place. */
  int[] within(double x, double y, double distance) {
    IntStream.Builder found = IntStream.builder();
    for (int j = firstRow(y - distance); j <= lastRow(y + distance); j++) {
      for (int i = firstColumn(x - distance); i <= lastColumn(x + distance); i++) {
        int k = (j - bottom) * width + i - left;
        if (isGood(k) && (i - x) * (i - x) + (j - y) * (j - y) <= distance * distance) {
          found.add(k);
        }
      }
    }
    return found.build().toArray();
  }

  /** First column that is not left of a place. */
  int firstColumn(double x) {
    return Math.max(left, (int) Math.ceil(x));
  }

  /** Last column that is not right of a place. */
  int lastColumn(double x) {
    return Math.min(left + width - 1, (int) Math.floor(x));
  }

  /** First row that is not below a place. */
  int firstRow(double y) {
    return Math.max(bottom, (int) Math.ceil(y));
  }

  /** Last row that is not above a place. */
  int lastRow(double y) {
    return Math.min(bottom + height - 1, (int) Math.floor(y));
  }

  /** Light in a pixel of the window. */
  double lightAt(int column, int row) {
    return light[(row - bottom) * width + column - left];
  }

  int pixels() {
    return light.length;
  }

  /** Column of a pixel in the image. */
  int column(int k) {
    return left + k % width;
  }

  /** Row of a pixel in the image. */
  int row(int k) {
    return bottom + k / width;
  }

  double light(int k) {
    return light[k];
  }

  double variance(int k) {
    return variance[k];
  }

  boolean isGood(int k) {
    return variance[k] < Double.POSITIVE_INFINITY;
  }
}
