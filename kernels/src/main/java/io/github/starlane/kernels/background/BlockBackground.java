package io.github.starlane.kernels.background;

import io.github.starlane.kernels.HostMaskPlane;
import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.Shapes;

/** What the CPU versions share; they differ in how they rank, sum and evaluate. */
abstract class BlockBackground implements Background {

  abstract BlockSample newSample();

  /** Copies the good pixels of a part of a row and returns how many there are in all. */
  abstract int gather(
      float[] pixels, int[] mask, int from, int to, int badBits, float[] values, int count);

  /**
   * Evaluates a + b t + c t² + d t³ at t = first + k · step.
   *
   * @param at index of a in the coefficients
   */
  abstract void evaluate(
      double[] coefficients, int at, double first, double step, float[] out, int from, int to);

  /** out = image − level for a row that is already evaluated. */
  abstract void subtractRow(float[] image, float[] level, float[] out, int from, int width);

  @Override
  public final BackgroundGrid estimate(
      Plane image, MaskPlane mask, BackgroundParameters parameters) {
    int width = image.width();
    int height = image.height();
    Shapes.requireSize("the mask", mask, width, height);
    BlockGrid blocks = new BlockGrid(width, height, parameters.blockSize());
    int n = blocks.columns * blocks.rows;
    float[] level = new float[n];
    float[] variance = new float[n];
    float[] goodFraction = new float[n];
    float[] pixels = HostPlane.pixels(image);
    int[] bits = HostMaskPlane.bitsOrNull(mask);
    BlockEstimator estimator = new BlockEstimator(parameters, newSample());
    float[] values = new float[largestBlock(blocks)];
    for (int j = 0; j < blocks.rows; j++) {
      for (int i = 0; i < blocks.columns; i++) {
        int block = j * blocks.columns + i;
        int x0 = blocks.startX(i);
        int x1 = blocks.startX(i + 1);
        int y0 = blocks.startY(j);
        int y1 = blocks.startY(j + 1);
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
    blocks.fillHoles(level);
    blocks.fillHoles(variance);
    if (parameters.medianFilter()) {
      blocks.medianFilter(level);
      blocks.medianFilter(variance);
    }
    for (int i = 0; i < n; i++) {
      variance[i] = Math.max(0, variance[i]);
    }
    return new BackgroundGrid(
        width, height, blocks.columns, blocks.rows, level, variance, goodFraction);
  }

  private static int largestBlock(BlockGrid blocks) {
    int widest = 0;
    for (int i = 0; i < blocks.columns; i++) {
      widest = Math.max(widest, blocks.startX(i + 1) - blocks.startX(i));
    }
    int tallest = 0;
    for (int j = 0; j < blocks.rows; j++) {
      tallest = Math.max(tallest, blocks.startY(j + 1) - blocks.startY(j));
    }
    return widest * tallest;
  }

  @Override
  public final void subtract(Plane image, BackgroundGrid grid, Plane out) {
    Shapes.requireSize("the image", image, grid.width(), grid.height());
    Shapes.requireSize("the output", out, grid.width(), grid.height());
    float[] source = HostPlane.pixels(image);
    float[] target = HostPlane.pixels(out);
    float[] level = new float[grid.width()];
    GridSpline spline = new GridSpline(grid, grid.level());
    double[] coefficients = new double[4 * spline.pieces()];
    for (int y = 0; y < grid.height(); y++) {
      renderRow(spline, coefficients, y, level, 0);
      subtractRow(source, level, target, y * grid.width(), grid.width());
    }
  }

  @Override
  public final void renderLevel(BackgroundGrid grid, Plane out) {
    Shapes.requireSize("the output", out, grid.width(), grid.height());
    render(grid, grid.level(), HostPlane.pixels(out));
  }

  @Override
  public final void renderVariance(BackgroundGrid grid, Plane out) {
    Shapes.requireSize("the output", out, grid.width(), grid.height());
    float[] target = HostPlane.pixels(out);
    render(grid, grid.variance(), target);
    // The spline may swing below zero between a noisy and a quiet block.
    for (int i = 0; i < target.length; i++) {
      target[i] = Math.max(0, target[i]);
    }
  }

  private void render(BackgroundGrid grid, float[] values, float[] target) {
    if (grid.width() == 0 || grid.height() == 0) {
      return;
    }
    GridSpline spline = new GridSpline(grid, values);
    double[] coefficients = new double[4 * spline.pieces()];
    for (int y = 0; y < grid.height(); y++) {
      renderRow(spline, coefficients, y, target, y * grid.width());
    }
  }

  private void renderRow(
      GridSpline spline, double[] coefficients, int y, float[] target, int offset) {
    spline.row(y, coefficients);
    for (int piece = 0; piece < spline.pieces(); piece++) {
      int from = spline.start(piece);
      int to = spline.start(piece + 1);
      evaluate(
          coefficients,
          4 * piece,
          spline.first(piece),
          spline.step(),
          target,
          offset + from,
          offset + to);
    }
  }
}
