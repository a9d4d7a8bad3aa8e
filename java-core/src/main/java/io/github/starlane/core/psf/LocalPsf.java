package io.github.starlane.core.psf;

import java.util.Arrays;

/**
 * The PSF at one star and its values at the pixels around it, interpolated exactly as the kernels
 * do: by the bicubic spline through the grid's points whose coefficients outside are 0 (Unser 1999,
 * IEEE Signal Processing Magazine 16, 22). Mutable, reused from star to star.
 */
final class LocalPsf {
  /** Zeros around the grid, so that stamps may reach beyond it. */
  private static final int MARGIN = 16;

  private final int size;
  private final int stride;
  private final int oversampling;
  private final double[][] coefficients;
  private final double[] local;
  private final double[] line;
  private final double[] slopeLine;
  private final double[] weightsX = new double[4];
  private final double[] weightsY = new double[4];
  private final double[] slopesX = new double[4];
  private final double[] slopesY = new double[4];

  LocalPsf(PsfField field) {
    PsfGrid first = field.middle();
    size = first.size;
    stride = size + 2 * MARGIN;
    oversampling = first.oversampling;
    coefficients = new double[field.terms().size()][];
    for (int t = 0; t < coefficients.length; t++) {
      coefficients[t] = padded(BicubicSpline.coefficients(field.terms().get(t)));
    }
    local = new double[stride * stride];
    line = new double[stride];
    slopeLine = new double[stride];
  }

  private LocalPsf(LocalPsf other) {
    size = other.size;
    stride = other.stride;
    oversampling = other.oversampling;
    coefficients = other.coefficients;
    local = new double[stride * stride];
    line = new double[stride];
    slopeLine = new double[stride];
  }

  /** Of the same field, for another thread. */
  LocalPsf another() {
    return new LocalPsf(this);
  }

  private double[] padded(double[] values) {
    double[] result = new double[stride * stride];
    for (int j = 0; j < size; j++) {
      System.arraycopy(values, j * size, result, (j + MARGIN) * stride + MARGIN, size);
    }
    return result;
  }

  /** Takes the PSF at a star. */
  void place(double[] powers) {
    Arrays.fill(local, 0);
    for (int t = 0; t < powers.length; t += 4) {
      addFour(powers, t);
    }
  }

  /** Four terms at a time, margins and all: one long loop, and the sum is read less often. */
  private void addFour(double[] powers, int t) {
    int last = powers.length - 1;
    double[] a = coefficients[t];
    double[] b = coefficients[Math.min(last, t + 1)];
    double[] c = coefficients[Math.min(last, t + 2)];
    double[] d = coefficients[Math.min(last, t + 3)];
    double pa = powers[t];
    double pb = t + 1 <= last ? powers[t + 1] : 0;
    double pc = t + 2 <= last ? powers[t + 2] : 0;
    double pd = t + 3 <= last ? powers[t + 3] : 0;
    double[] sum = local;
    int end = (size + MARGIN) * stride;
    for (int i = MARGIN * stride; i < end; i++) {
      sum[i] += pa * a[i] + pb * b[i] + pc * c[i] + pd * d[i];
    }
  }

  /**
   * Values at a rectangle of pixels; 0 far outside the grid.
   *
   * @param dx offset of the first column from the star [pixel]
   * @param dy offset of the first row
   * @param width of the rectangle
   * @param height of the rectangle
   * @param value receives the fraction of the flux in each pixel, row-major
   * @param byX receives its derivative by the star's column, or null for none
   * @param byY receives its derivative by the star's row
   */
  void sample(
      double dx, double dy, int width, int height, double[] value, double[] byX, double[] byY) {
    double gridX = MARGIN + size / 2 + dx * oversampling;
    int baseX = (int) Math.floor(gridX);
    BicubicSpline.weights(gridX - baseX, weightsX, slopesX);
    // Columns from and to which all four coefficients lie within the margin.
    int from = Math.max(0, Math.ceilDiv(1 - baseX, oversampling));
    int to = Math.min(width, Math.floorDiv(stride - 3 - baseX, oversampling) + 1);
    for (int j = 0; j < height; j++) {
      double gridY = MARGIN + size / 2 + (dy + j) * oversampling;
      int baseY = (int) Math.floor(gridY);
      boolean outside = baseY < 1 || baseY > stride - 3;
      Arrays.fill(value, j * width, (j + 1) * width, 0);
      if (byX != null) {
        Arrays.fill(byX, j * width, (j + 1) * width, 0);
        Arrays.fill(byY, j * width, (j + 1) * width, 0);
      }
      if (outside || to <= from) {
        continue;
      }
      BicubicSpline.weights(gridY - baseY, weightsY, slopesY);
      int first = baseX - 1 + from * oversampling;
      int last = baseX + 2 + (to - 1) * oversampling;
      addLines((baseY - 1) * stride, first, last, weightsY, line);
      if (byX == null) {
        across(from, to, baseX - 1, j * width, value);
      } else {
        addLines((baseY - 1) * stride, first, last, slopesY, slopeLine);
        across(from, to, baseX - 1, j * width, value, byX, byY);
      }
    }
  }

  /** Weighted sum of four rows. */
  private void addLines(int row, int first, int last, double[] weights, double[] sum) {
    double w0 = weights[0];
    double w1 = weights[1];
    double w2 = weights[2];
    double w3 = weights[3];
    for (int i = first; i <= last; i++) {
      sum[i] =
          w0 * local[row + i]
              + w1 * local[row + stride + i]
              + w2 * local[row + 2 * stride + i]
              + w3 * local[row + 3 * stride + i];
    }
  }

  private void across(int from, int to, int start, int row, double[] value) {
    double w0 = weightsX[0];
    double w1 = weightsX[1];
    double w2 = weightsX[2];
    double w3 = weightsX[3];
    int at = start + from * oversampling;
    for (int i = from; i < to; i++, at += oversampling) {
      value[row + i] = w0 * line[at] + w1 * line[at + 1] + w2 * line[at + 2] + w3 * line[at + 3];
    }
  }

  private void across(
      int from, int to, int start, int row, double[] value, double[] byX, double[] byY) {
    across(from, to, start, row, value);
    int at = start + from * oversampling;
    for (int i = from; i < to; i++, at += oversampling) {
      // The star moves one way, the pixel's place in its PSF the other.
      byX[row + i] =
          -oversampling
              * (slopesX[0] * line[at]
                  + slopesX[1] * line[at + 1]
                  + slopesX[2] * line[at + 2]
                  + slopesX[3] * line[at + 3]);
      byY[row + i] =
          -oversampling
              * (weightsX[0] * slopeLine[at]
                  + weightsX[1] * slopeLine[at + 1]
                  + weightsX[2] * slopeLine[at + 2]
                  + weightsX[3] * slopeLine[at + 3]);
    }
  }
}
