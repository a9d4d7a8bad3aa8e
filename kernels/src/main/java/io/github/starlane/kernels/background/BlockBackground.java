package io.github.starlane.kernels.background;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;
import java.util.Locale;

/** What the CPU versions share; they differ in how they rank, sum and evaluate. */
abstract class BlockBackground implements Background {

  /** Room beyond the last pixel for a store of a whole vector, of any machine. */
  private static final int VECTOR = 64;

  /** Larger values, of either sign, stand for "unknown"; their squares would not fit a float. */
  static final float LARGEST = 1e17f;

  abstract BlockSample newSample();

  /** Copies the good pixels of a part of a row and returns how many there are in all. */
  abstract int gather(
      float[] pixels, int[] mask, int from, int to, int badBits, float[] values, int count);

  /** The same, pixel by pixel. */
  static int gatherEach(
      float[] pixels, int[] mask, int from, int to, int badBits, float[] values, int count) {
    int n = count;
    for (int i = from; i < to; i++) {
      // Written so that NaN fails.
      boolean known = Math.abs(pixels[i]) <= LARGEST;
      if (known && (mask == null || (mask[i] & badBits) == 0)) {
        values[n++] = pixels[i];
      }
    }
    return n;
  }

  /**
   * Evaluates a + b t + c t² + d t³ at t = (x − centre) · step for the columns from x on. The bits
   * of a pixel depend on its column alone, not on where a section begins.
   *
   * @param at index of a in the coefficients
   * @param from index in {@code out} of column x
   */
  abstract void evaluate(
      double[] coefficients,
      int at,
      double centre,
      double step,
      int x,
      float[] out,
      int from,
      int to);

  /** out = image − level for a row that is already evaluated. */
  abstract void subtractRow(float[] image, float[] level, float[] out, int from, int width);

  /** Sets negative values to zero. */
  abstract void raiseToZero(float[] values, int from, int to);

  @Override
  public final BackgroundGrid estimate(
      Plane image, MaskPlane mask, BackgroundParameters parameters) {
    int width = image.width();
    int height = image.height();
    Shapes.requireSize("the mask", mask, width, height);
    BlockGrid blocks = new BlockGrid(width, height, parameters);
    int n = blocks.columns * blocks.rows;
    float[] level = new float[n];
    float[] variance = new float[n];
    float[] goodFraction = new float[n];
    float[] pixels = HostPlane.pixels(image);
    int[] bits = HostMaskPlane.bitsOrNull(mask);
    BlockEstimator estimator = new BlockEstimator(parameters, newSample());
    float[] values = new float[blocks.largestArea() + VECTOR];
    for (int j = 0; j < blocks.rows; j++) {
      for (int i = 0; i < blocks.columns; i++) {
        int block = j * blocks.columns + i;
        int x0 = blocks.fromX(i);
        int x1 = blocks.toX(i);
        int y0 = blocks.fromY(j);
        int y1 = blocks.toY(j);
        int count = 0;
        for (int y = y0; y < y1; y++) {
          int row = y * width;
          count = gather(pixels, bits, row + x0, row + x1, parameters.badBits(), values, count);
        }
        int area = (x1 - x0) * (y1 - y0);
        goodFraction[block] = area == 0 ? 0 : (float) count / area;
        boolean enough = count > 0 && count >= parameters.minimumFraction() * area;
        if (enough) {
          estimator.estimate(values, count);
        }
        level[block] = enough ? (float) estimator.level : Float.NaN;
        variance[block] = enough ? (float) estimator.variance : Float.NaN;
      }
    }
    blocks.complete(level, parameters.medianFilter());
    blocks.complete(variance, parameters.medianFilter());
    for (int i = 0; i < n; i++) {
      variance[i] = Math.max(0, variance[i]);
    }
    return new BackgroundGrid(
        width,
        height,
        blocks.columns,
        blocks.rows,
        parameters.interpolation(),
        level,
        variance,
        goodFraction);
  }

  @Override
  public final void subtract(Plane image, BackgroundGrid grid, int x0, int y0, Plane out) {
    requireInside(grid, x0, y0, out);
    Shapes.requireSize("the image", image, out.width(), out.height());
    int width = out.width();
    float[] source = HostPlane.pixels(image);
    float[] target = HostPlane.pixels(out);
    float[] level = new float[width];
    GridRows rows = new GridRows(grid, grid.level());
    for (int y = 0; y < out.height(); y++) {
      renderRow(rows, x0, y0 + y, level, 0, width);
      subtractRow(source, level, target, y * width, width);
    }
  }

  @Override
  public final void renderLevel(BackgroundGrid grid, int x0, int y0, Plane out) {
    render(grid, grid.level(), x0, y0, out);
  }

  @Override
  public final void renderVariance(BackgroundGrid grid, int x0, int y0, Plane out) {
    renderPositive(grid, grid.variance(), x0, y0, out);
  }

  @Override
  public final void renderModelledVariance(
      BackgroundGrid grid, NoiseModel noise, int x0, int y0, Plane out) {
    renderPositive(grid, grid.modelledVariance(noise), x0, y0, out);
  }

  private void renderPositive(BackgroundGrid grid, float[] values, int x0, int y0, Plane out) {
    requireInside(grid, x0, y0, out);
    int width = out.width();
    float[] target = HostPlane.pixels(out);
    GridRows rows = new GridRows(grid, values);
    for (int y = 0; y < out.height(); y++) {
      renderRow(rows, x0, y0 + y, target, y * width, width);
      // The spline may swing below zero between a noisy and a quiet block.
      raiseToZero(target, y * width, (y + 1) * width);
    }
  }

  private void render(BackgroundGrid grid, float[] values, int x0, int y0, Plane out) {
    requireInside(grid, x0, y0, out);
    int width = out.width();
    float[] target = HostPlane.pixels(out);
    GridRows rows = new GridRows(grid, values);
    for (int y = 0; y < out.height(); y++) {
      renderRow(rows, x0, y0 + y, target, y * width, width);
    }
  }

  private static void requireInside(BackgroundGrid grid, int x0, int y0, Plane out) {
    if (x0 < 0 || y0 < 0 || x0 + out.width() > grid.width() || y0 + out.height() > grid.height()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d x %d pixels at (%d, %d) do not lie in an image of %d x %d",
              out.width(),
              out.height(),
              x0,
              y0,
              grid.width(),
              grid.height()));
    }
  }

  /** Columns x0 … x0 + width − 1 of row y of the grid's image, into {@code target} at an offset. */
  private void renderRow(GridRows rows, int x0, int y, float[] target, int offset, int width) {
    rows.prepare(y);
    for (int piece = 0; piece < rows.pieces(); piece++) {
      int from = Math.max(rows.start(piece), x0);
      int to = Math.min(rows.start(piece + 1), x0 + width);
      if (from < to) {
        double centre = rows.origin(piece);
        int at = offset - x0;
        evaluate(
            rows.coefficients, 4 * piece, centre, rows.step(), from, target, at + from, at + to);
      }
    }
  }
}
