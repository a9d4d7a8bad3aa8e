package io.github.starlane.kernels.matchedfilter;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.List;
import java.util.function.IntConsumer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector version, in strips of four rows that go through all templates and the search for
 * maxima while they are in the cache. See {@link LaneCorrelation} for the signal, {@link
 * SmoothNorm} for the norm; large templates are correlated by Fourier transforms.
 */
public final class SimdMatchedFilter extends CorrelatingMatchedFilter {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int ROWS = LaneCorrelation.ROWS;

  @Override
  WeightedPlanes weigh(Plane image, Plane variance, MaskPlane mask, int badBits, int pad) {
    return new WeightedPlanes(
        image,
        variance,
        mask,
        badBits,
        pad,
        LaneCorrelation.COLUMNS,
        ROWS - 1,
        SimdMatchedFilter::fill);
  }

  private static void fill(
      float[] pixels,
      float[] variances,
      int[] mask,
      int badBits,
      int from,
      int count,
      float[] weight,
      float[] weighted,
      int to) {
    int x = 0;
    for (; x <= count - LANES; x += LANES) {
      fillVector(pixels, variances, from + x, weight, weighted, to + x);
      if (mask != null) {
        dropBad(mask, from + x, badBits, weight, to + x);
        dropBad(mask, from + x, badBits, weighted, to + x);
      }
    }
    WeightedPlanes.fillPlainly(
        pixels, variances, mask, badBits, from + x, count - x, weight, weighted, to + x);
  }

  private static void fillVector(
      float[] pixels, float[] variances, int from, float[] weight, float[] weighted, int to) {
    FloatVector none = FloatVector.zero(FLOATS);
    FloatVector pixel = FloatVector.fromArray(FLOATS, pixels, from);
    FloatVector w = none.add(1).div(FloatVector.fromArray(FLOATS, variances, from));
    VectorMask<Float> good =
        w.compare(VectorOperators.GT, 0f)
            .and(w.compare(VectorOperators.LE, Float.MAX_VALUE))
            .and(pixel.abs().compare(VectorOperators.LE, Float.MAX_VALUE));
    none.blend(w, good).intoArray(weight, to);
    none.blend(w.mul(pixel), good).intoArray(weighted, to);
  }

  private static void dropBad(int[] mask, int from, int badBits, float[] plane, int to) {
    VectorMask<Integer> bad =
        IntVector.fromArray(INTS, mask, from).and(badBits).compare(VectorOperators.NE, 0);
    FloatVector.fromArray(FLOATS, plane, to).blend(0, bad.cast(FLOATS)).intoArray(plane, to);
  }

  @Override
  void correlate(WeightedPlanes planes, List<Template> templates, float[] out, IntConsumer made) {
    SmoothNorm smooth = new SmoothNorm(planes);
    StripFilter[] filters =
        templates.stream()
            .map(template -> new StripFilter(planes, smooth, template))
            .toArray(StripFilter[]::new);
    for (int y = 0; y < planes.height; y += ROWS) {
      int rows = Math.min(ROWS, planes.height - y);
      for (int t = 0; t < filters.length; t++) {
        filters[t].strip(y);
        for (int r = 0; r < rows; r++) {
          int from = r * filters[t].stride;
          int to = (y + r) * planes.width;
          divide(filters[t].signal, filters[t].norm, from, out, to, planes.width, t > 0);
        }
      }
      made.accept(y + rows);
    }
  }

  /** out = signal / √norm, 0 where the norm vanishes; or the larger of that and out. */
  private static void divide(
      float[] signal, float[] norm, int from, float[] out, int to, int width, boolean keepLarger) {
    int x = 0;
    for (; x <= width - LANES; x += LANES) {
      FloatVector n = FloatVector.fromArray(FLOATS, norm, from + x);
      VectorMask<Float> seen = n.compare(VectorOperators.GT, 0f);
      FloatVector ratio = FloatVector.fromArray(FLOATS, signal, from + x).div(n.sqrt());
      FloatVector value = FloatVector.zero(FLOATS).blend(ratio, seen);
      FloatVector old = FloatVector.fromArray(FLOATS, out, to + x);
      VectorMask<Float> stays = old.compare(VectorOperators.GT, value);
      (keepLarger ? value.blend(old, stays) : value).intoArray(out, to + x);
    }
    for (; x < width; x++) {
      float n = norm[from + x];
      float value = n > 0 ? signal[from + x] / (float) Math.sqrt(n) : 0;
      out[to + x] = keepLarger ? Math.max(out[to + x], value) : value;
    }
  }
}
