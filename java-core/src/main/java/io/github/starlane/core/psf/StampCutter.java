package io.github.starlane.core.psf;

import io.github.starlane.core.PositionIndex;
import io.github.starlane.core.frame.MaskBit;

/** Cuts stamps out of an image, without bad pixels and neighbours. */
final class StampCutter {
  /** Neighbours are cut out within this radius [pixel]. */
  private static final double HOLE = 3;

  private final float[] pixels;
  private final int[] bits;
  private final int width;
  private final int height;
  private final int radius;

  /**
   * A cutter.
   *
   * @param pixels of the image, row-major
   * @param bits of its mask
   * @param radius of the stamps [pixel]
   */
  StampCutter(float[] pixels, int[] bits, int width, int height, int radius) {
    this.pixels = pixels;
    this.bits = bits;
    this.width = width;
    this.height = height;
    this.radius = radius;
  }

  /**
   * Stamps.
   *
   * @param x0 column of the first pixel of each
   * @param y0 row of the first pixel of each
   * @param pixels one stamp after the other, row-major; NaN where there is nothing good
   */
  record Stamps(int[] x0, int[] y0, float[] pixels) {}

  int radius() {
    return radius;
  }

  /** Whether a whole stamp lies in the image. */
  boolean isInside(double x, double y) {
    return x >= radius + 1 && y >= radius + 1 && x < width - radius - 2 && y < height - radius - 2;
  }

  /** Whether no pixel near a place is bad or non-linear. */
  boolean isClean(double x, double y, int reach) {
    int bad = MaskBit.bad() | MaskBit.NON_LINEAR.bit();
    for (int j = (int) Math.rint(y) - reach; j <= (int) Math.rint(y) + reach; j++) {
      for (int i = (int) Math.rint(x) - reach; i <= (int) Math.rint(x) + reach; i++) {
        boolean inside = i >= 0 && j >= 0 && i < width && j < height;
        if (!inside || (bits[j * width + i] & bad) != 0 || !Float.isFinite(pixels[j * width + i])) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Cuts.
   *
   * @param x columns of the stars, inside
   * @param y rows
   * @param all sources that may stand in the way
   * @param rows the stars' own places among them
   * @param near sources nearer to a star than this are taken for a part of it [pixel]
   */
  Stamps cut(double[] x, double[] y, PsfCandidates all, int[] rows, double near) {
    int size = 2 * radius + 1;
    int[] x0 = new int[x.length];
    int[] y0 = new int[x.length];
    float[] stamps = new float[x.length * size * size];
    PositionIndex index = new PositionIndex(all.x(), all.y(), 1.5 * radius + HOLE);
    for (int s = 0; s < x.length; s++) {
      x0[s] = (int) Math.rint(x[s]) - radius;
      y0[s] = (int) Math.rint(y[s]) - radius;
      copy(x0[s], y0[s], stamps, s * size * size);
      for (int k : index.within(x[s], y[s])) {
        if (k != rows[s] && Math.hypot(all.x()[k] - x[s], all.y()[k] - y[s]) > near) {
          cutOut(all.x()[k] - x0[s], all.y()[k] - y0[s], stamps, s * size * size);
        }
      }
    }
    return new Stamps(x0, y0, stamps);
  }

  private void copy(int x0, int y0, float[] stamps, int start) {
    int size = 2 * radius + 1;
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        int from = (y0 + j) * width + x0 + i;
        boolean good = (bits[from] & MaskBit.bad()) == 0 && Float.isFinite(pixels[from]);
        stamps[start + j * size + i] = good ? pixels[from] : Float.NaN;
      }
    }
  }

  private void cutOut(double x, double y, float[] stamps, int start) {
    int size = 2 * radius + 1;
    int j1 = (int) Math.min(size - 1, Math.floor(y + HOLE));
    int i1 = (int) Math.min(size - 1, Math.floor(x + HOLE));
    for (int j = (int) Math.max(0, Math.ceil(y - HOLE)); j <= j1; j++) {
      for (int i = (int) Math.max(0, Math.ceil(x - HOLE)); i <= i1; i++) {
        if ((i - x) * (i - x) + (j - y) * (j - y) <= HOLE * HOLE) {
          stamps[start + j * size + i] = Float.NaN;
        }
      }
    }
  }
}
