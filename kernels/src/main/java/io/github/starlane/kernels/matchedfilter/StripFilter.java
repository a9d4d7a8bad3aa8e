package io.github.starlane.kernels.matchedfilter;

import io.github.starlane.kernels.HostPlane;
import io.github.starlane.kernels.Plane;
import io.github.starlane.kernels.fft.Kernel;
import io.github.starlane.kernels.fft.SimdFft;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Signal and norm of one template, strip by strip. */
final class StripFilter {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int ROWS = LaneCorrelation.ROWS;
  private static final int COLUMNS = LaneCorrelation.COLUMNS;

  /**
   * Time of a direct correlation per pixel and value, of a Fourier correlation per pixel; only
   * their ratio matters [ns]. Measured on AVX-512: 9 x 9 1.3 ns, 25 x 25 7.0, 41 x 41 16; Fourier
   * tiles 7.1 from 9 to 41.
   */
  private static final double DIRECT = 0.0098;

  private static final double FOURIER = 7.3;

  /**
   * Where the norm is below this share of the largest one next to it, the rounding of Fourier
   * transforms shows, and the signal is summed directly.
   */
  private static final float LEAST_SHARE = 0.05f;

  /** Below so many pixels tiles are mostly frame. */
  private static final int LEAST_FOR_FOURIER = 200 * 200;

  final int stride;

  /** Σ P w I: four rows, {@link #stride} apart. */
  final float[] signal;

  /** Σ P² w, likewise. */
  final float[] norm;

  private final WeightedPlanes planes;
  private final SmoothNorm smooth;
  private final SmoothNorm.Moments moments;
  private final int size;
  private final float[] framed;
  private final float[] framedSquares;

  /** Σ P w I of the whole framed plane, or null for direct correlation. */
  private final float[] transformed;

  StripFilter(WeightedPlanes planes, SmoothNorm smooth, Template template) {
    this.planes = planes;
    this.smooth = smooth;
    size = template.size();
    float[] values = template.values();
    float[] squares = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      squares[i] = values[i] * values[i];
    }
    moments = new SmoothNorm.Moments(squares, size);
    framed = LaneCorrelation.frame(values, size);
    framedSquares = LaneCorrelation.frame(squares, size);
    stride = (planes.width + COLUMNS - 1) / COLUMNS * COLUMNS;
    signal = new float[ROWS * stride];
    norm = new float[ROWS * stride];
    transformed = transforms(size, planes) ? transform(values) : null;
  }

  private static boolean transforms(int size, WeightedPlanes planes) {
    boolean large = (long) planes.width * planes.height >= LEAST_FOR_FOURIER;
    return large && DIRECT * size * (size + ROWS - 1) > FOURIER;
  }

  private float[] transform(float[] values) {
    Plane weighted = new HostPlane(planes.weighted, planes.stride, planes.rows);
    float[] out = new float[planes.weighted.length];
    Plane correlated = new HostPlane(out, planes.stride, planes.rows);
    new SimdFft().correlate(weighted, new Kernel(size, size, values), correlated);
    return out;
  }

  /** Fills signal and norm of the output rows from {@code y} on. */
  void strip(int y) {
    int from = planes.index(-(size / 2), y - size / 2);
    boolean[] exact = smooth.strip(y, moments, norm, stride);
    for (int x = 0; x < planes.width; x += COLUMNS) {
      if (exact[x / COLUMNS]) {
        LaneCorrelation.block(
            planes.weight, from + x, planes.stride, framedSquares, size, norm, x, stride);
      }
    }
    float least = 0;
    if (transformed != null) {
      for (int r = 0; r < Math.min(ROWS, planes.height - y); r++) {
        System.arraycopy(transformed, planes.index(0, y + r), signal, r * stride, planes.width);
      }
      least = LEAST_SHARE * largest(norm);
    }
    for (int x = 0; x < planes.width; x += COLUMNS) {
      if (transformed == null || isBelow(norm, x, stride, least)) {
        LaneCorrelation.block(
            planes.weighted, from + x, planes.stride, framed, size, signal, x, stride);
      }
    }
  }

  private static float largest(float[] values) {
    FloatVector largest = FloatVector.zero(FLOATS);
    for (int k = 0; k < values.length; k += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, values, k);
      largest = largest.blend(v, v.compare(VectorOperators.GT, largest));
    }
    return largest.reduceLanes(VectorOperators.MAX);
  }

  /** Whether any value of a block is below a limit. */
  private static boolean isBelow(float[] values, int at, int stride, float limit) {
    for (int r = 0; r < ROWS; r++) {
      for (int k = 0; k < COLUMNS; k += LANES) {
        FloatVector v = FloatVector.fromArray(FLOATS, values, at + r * stride + k);
        if (v.compare(VectorOperators.LT, limit).anyTrue()) {
          return true;
        }
      }
    }
    return false;
  }
}
