package io.github.starlane.kernels.radon;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the CPU versions share; they differ in how they sum and compare rows. */
abstract class PathRadon implements Radon {

  abstract RowSums rowSums();

  @Override
  public final List<Streak> find(
      Plane image, Plane variance, MaskPlane mask, RadonParameters parameters) {
    requireSizes(image, variance, mask);
    return new StreakSearch(rowSums(), parameters).find(image, variance, mask);
  }

  private static void requireSizes(Plane image, Plane variance, MaskPlane mask) {
    Shapes.requireSize("the variance", variance, image.width(), image.height());
    Shapes.requireSize("the mask", mask, image.width(), image.height());
  }

  @Override
  public final LinePixels pixels(
      Plane image, Plane variance, MaskPlane mask, int badBits, Band band) {
    requireSizes(image, variance, mask);
    float[] pixels = HostPlane.pixels(image);
    float[] variances = HostPlane.pixels(variance);
    int[] bits = HostMaskPlane.bitsOrNull(mask);
    SegmentRows rows = band.rows();
    int most = 0;
    for (int y = rows.firstRow(); y <= rows.lastRow(image.height()); y++) {
      most += Math.max(0, rows.lastColumn(y, image.width()) - rows.firstColumn(y) + 1);
    }
    float[][] columns = new float[4][most];
    int n = 0;
    for (int y = rows.firstRow(); y <= rows.lastRow(image.height()); y++) {
      int last = rows.lastColumn(y, image.width());
      for (int x = rows.firstColumn(y); x <= last; x++) {
        int i = y * image.width() + x;
        float w = 1 / variances[i];
        boolean good = w > 0 && w <= Float.MAX_VALUE && Math.abs(pixels[i]) <= Float.MAX_VALUE;
        double along = band.along(x, y);
        if (good
            && (bits == null || (bits[i] & badBits) == 0)
            && along >= 0
            && along <= band.length()) {
          columns[0][n] = (float) along;
          columns[1][n] = (float) band.across(x, y);
          columns[2][n] = pixels[i];
          columns[3][n++] = w;
        }
      }
    }
    return new LinePixels(
        Arrays.copyOf(columns[0], n),
        Arrays.copyOf(columns[1], n),
        Arrays.copyOf(columns[2], n),
        Arrays.copyOf(columns[3], n));
  }

  @Override
  public final void mark(MaskPlane mask, Band band, int bits) {
    int[] pixels = HostMaskPlane.bits(mask);
    SegmentRows rows = band.rows();
    for (int y = rows.firstRow(); y <= rows.lastRow(mask.height()); y++) {
      int last = rows.lastColumn(y, mask.width());
      for (int x = rows.firstColumn(y); x <= last; x++) {
        pixels[y * mask.width() + x] |= bits;
      }
    }
  }

  @Override
  public final PathSums transform(Plane image) {
    int width = image.width();
    int height = image.height();
    if (width < 1 || height < 1 || height > LARGEST_STRIP) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "no transform of %d x %d pixels", width, height));
    }
    int levels = PathSearch.levels(height);
    int rows = 1 << levels;
    int stride = width + rows - 1;
    float[] result = new float[rows * stride];
    StripSums.RowListener listener =
        (level, firstRow, shift, sums, from, to) -> {
          if (level == levels) {
            System.arraycopy(
                sums,
                to - width - shift,
                result,
                (shift + 1) * stride - width - shift,
                width + shift);
          }
        };
    PathFrame frame = new PathFrame(width, height, HostPlane.pixels(image), null, false, false);
    new StripSums(frame, levels, rowSums(), listener).run();
    return new PathSums(rows, width, result);
  }
}
