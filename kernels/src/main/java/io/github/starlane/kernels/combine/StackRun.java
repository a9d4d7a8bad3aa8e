package io.github.starlane.kernels.combine;

import java.util.Arrays;

/** The stacks of a run of neighbouring pixels: row k holds image k. Mutable, reused. */
final class StackRun {

  /** Number of images. */
  final int rows;

  /** Distance between rows: pixels per run. */
  final int stride;

  /** Values; NaN where a value does not take part. */
  final float[] values;

  /** Variances, or null. */
  final float[] variances;

  /** Masks, or null. */
  final int[] masks;

  /** Whether no weights were given. */
  final boolean equalWeights;

  /** Weight of each image. */
  final float[] weights;

  final float[] value;
  final float[] variance;
  final float[] count;
  final float[] rejected;
  final int[] mask;

  // Scratch of the combining, one number per pixel.

  /** Values that took part at first, and those that are left. */
  final float[] offered;

  final float[] left;
  final float[] before;

  /** 1 while clipping goes on, else 0. */
  final float[] active;

  final float[] centre;
  final float[] sigma;
  final float[] low;
  final float[] high;
  final float[] sum;
  final float[] sumWeights;
  final float[] sumSquares;

  StackRun(int rows, int stride, boolean hasVariances, boolean hasMasks, double[] weights) {
    this.rows = rows;
    this.stride = stride;
    values = new float[rows * stride];
    variances = hasVariances ? new float[rows * stride] : null;
    masks = hasMasks ? new int[rows * stride] : null;
    equalWeights = weights == null;
    this.weights = new float[rows];
    for (int k = 0; k < rows; k++) {
      this.weights[k] = weights == null ? 1 : (float) weights[k];
    }
    offered = new float[stride];
    left = new float[stride];
    before = new float[stride];
    active = new float[stride];
    centre = new float[stride];
    sigma = new float[stride];
    low = new float[stride];
    high = new float[stride];
    sum = new float[stride];
    sumWeights = new float[stride];
    sumSquares = new float[stride];
    value = new float[stride];
    variance = new float[stride];
    count = new float[stride];
    rejected = new float[stride];
    mask = new int[stride];
  }

  /** Copies a run in; the part beyond its length becomes NaN. */
  void load(float[][] pixels, float[][] noise, int[][] bits, int from, int length) {
    for (int k = 0; k < rows; k++) {
      int at = k * stride;
      System.arraycopy(pixels[k], from, values, at, length);
      if (length < stride) {
        Arrays.fill(values, at + length, at + stride, Float.NaN);
      }
      if (variances != null) {
        System.arraycopy(noise[k], from, variances, at, length);
      }
      if (masks != null) {
        System.arraycopy(bits[k], from, masks, at, length);
      }
    }
  }
}
