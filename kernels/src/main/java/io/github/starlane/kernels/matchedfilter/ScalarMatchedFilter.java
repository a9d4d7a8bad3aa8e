package io.github.starlane.kernels.matchedfilter;

/** The plain version: direct correlation in double precision. */
public final class ScalarMatchedFilter extends CorrelatingMatchedFilter {

  @Override
  int tail() {
    return 0;
  }

  @Override
  void correlate(WeightedPlanes planes, Template template, float[] out, boolean keepLarger) {
    double[] sums = new double[2];
    for (int y = 0; y < planes.height; y++) {
      for (int x = 0; x < planes.width; x++) {
        planes.correlateAt(template, x, y, sums);
        float value = sums[1] > 0 ? (float) (sums[0] / Math.sqrt(sums[1])) : 0;
        int i = y * planes.width + x;
        out[i] = keepLarger ? Math.max(out[i], value) : value;
      }
    }
  }
}
