package io.github.starlane.kernels.matchedfilter;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.List;
import java.util.function.IntConsumer;

/** The plain version: direct correlation in double precision. */
public final class ScalarMatchedFilter extends CorrelatingMatchedFilter {

  @Override
  WeightedPlanes weigh(Plane image, Plane variance, MaskPlane mask, int badBits, int pad) {
    return new WeightedPlanes(
        image, variance, mask, badBits, pad, 0, 0, WeightedPlanes::fillPlainly);
  }

  @Override
  void correlate(WeightedPlanes planes, List<Template> templates, float[] out, IntConsumer made) {
    double[] sums = new double[2];
    for (int y = 0; y < planes.height; y++) {
      for (int x = 0; x < planes.width; x++) {
        float largest = Float.NEGATIVE_INFINITY;
        for (Template template : templates) {
          planes.correlateAt(template, x, y, sums);
          float value = sums[1] > 0 ? (float) (sums[0] / Math.sqrt(sums[1])) : 0;
          largest = Math.max(largest, value);
        }
        out[y * planes.width + x] = largest;
      }
      made.accept(y + 1);
    }
  }
}
