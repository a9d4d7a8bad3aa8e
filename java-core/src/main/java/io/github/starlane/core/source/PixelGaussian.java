package io.github.starlane.core.source;

import io.github.starlane.kernels.matchedfilter.Template;

/** Pixel-sampled round Gaussians as templates. */
final class PixelGaussian {
  private PixelGaussian() {}

  /** A template of unit sum; a very small σ [pixel] gives a delta function. */
  static Template template(String name, double sigma) {
    int radius = (int) Math.ceil(2.5 * sigma);
    int size = 2 * radius + 1;
    float[] values = new float[size * size];
    double sum = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int j = -radius; j <= radius; j++) {
        for (int i = -radius; i <= radius; i++) {
          double v = Math.exp(-0.5 * (i * i + j * j) / (sigma * sigma));
          sum += pass == 0 ? v : 0;
          values[(j + radius) * size + i + radius] = (float) (v / (pass == 0 ? 1 : sum));
        }
      }
    }
    return new Template(name, size, values);
  }
}
