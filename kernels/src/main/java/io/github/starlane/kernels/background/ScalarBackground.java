package io.github.starlane.kernels.background;

/** The plain version: sorted blocks, double precision. */
public final class ScalarBackground extends BlockBackground {

  @Override
  BlockSample newSample() {
    return new SortedSample();
  }

  @Override
  int gather(float[] pixels, int[] mask, int from, int to, int badBits, float[] values, int count) {
    return gatherEach(pixels, mask, from, to, badBits, values, count);
  }

  @Override
  void evaluate(
      double[] coefficients,
      int at,
      double centre,
      double step,
      int x,
      float[] out,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      double t = (x + (i - from) - centre) * step;
      out[i] =
          (float)
              (coefficients[at]
                  + t
                      * (coefficients[at + 1]
                          + t * (coefficients[at + 2] + t * coefficients[at + 3])));
    }
  }

  @Override
  void subtractRow(float[] image, float[] level, float[] out, int from, int width) {
    for (int x = 0; x < width; x++) {
      out[from + x] = image[from + x] - level[x];
    }
  }

  @Override
  void raiseToZero(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = values[i] < 0 ? 0 : values[i];
    }
  }
}
