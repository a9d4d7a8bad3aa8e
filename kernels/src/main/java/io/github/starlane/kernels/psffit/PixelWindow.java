package io.github.starlane.kernels.psffit;

import java.util.Arrays;

/** The rectangle of pixels that a group of stars is fitted to. Mutable, reused. */
final class PixelWindow {

  int x0;
  int y0;
  int width;
  int height;
  int stride;

  /** Image. */
  double[] data = new double[0];

  /** Noise variance without the stars. */
  double[] variance = new double[0];

  /** 1 where the pixel is fitted, 0 elsewhere. */
  double[] use = new double[0];

  /** Model that is not fitted here: stars of neighbouring groups. */
  double[] fixed = new double[0];

  /** Present model. */
  double[] model = new double[0];

  /** Present weights: use / noise variance. */
  double[] weight = new double[0];

  /** Present weight · (data − model). */
  double[] weightedResidual = new double[0];

  void reshape(int x0, int y0, int width, int height, int alignment) {
    this.x0 = x0;
    this.y0 = y0;
    this.width = Math.max(0, width);
    this.height = Math.max(0, height);
    // Room for a whole vector at any column, so that rows may be worked on beyond their end.
    stride = (this.width + 2 * alignment - 1) / alignment * alignment;
    int size = stride * (this.height + 1);
    if (data.length < size) {
      data = new double[size];
      variance = new double[size];
      use = new double[size];
      fixed = new double[size];
      model = new double[size];
      weight = new double[size];
      weightedResidual = new double[size];
    }
    Arrays.fill(data, 0, size, 0);
    Arrays.fill(variance, 0, size, 1);
    Arrays.fill(use, 0, size, 0);
    Arrays.fill(fixed, 0, size, 0);
    Arrays.fill(weight, 0, size, 0);
    Arrays.fill(weightedResidual, 0, size, 0);
  }

  /** Starts the model from the fixed stars and a constant. */
  void resetModel(double background) {
    int size = stride * height;
    for (int i = 0; i < size; i++) {
      model[i] = fixed[i] + background;
    }
  }
}
