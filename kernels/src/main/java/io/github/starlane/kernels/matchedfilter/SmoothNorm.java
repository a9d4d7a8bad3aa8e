package io.github.starlane.kernels.matchedfilter;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The norm Σ P² w where w is smooth but for single pixels without weight, as a variance plane with
 * a mask is.
 *
 * <p>Pixels without weight are bridged along their row; there the weights are w̃. Expanded to first
 * order about each pixel,
 *
 * <pre>
 *   Σ P² w̃ = w̃ Σ P² + w̃_x Σ P² i + w̃_y Σ P² j + R,
 *   |R| ≤ K Σ P² (|i| + |j|)² / 2,   K the largest second difference under the template
 * </pre>
 *
 * <p>and the bridged pixels are taken off one by one. Blocks where the bound exceeds {@link
 * #ERROR}, or where little is left, or which reach over the edge of the image, are left to the
 * direct sum.
 */
final class SmoothNorm {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int ROWS = LaneCorrelation.ROWS;
  private static final int COLUMNS = LaneCorrelation.COLUMNS;

  /** Relative error of the norm; that of S/N is half of it. */
  private static final double ERROR = 1e-5;

  /** With less than this share of the weight left, rounding of what was taken off shows. */
  private static final float LEAST_SHARE = 0.05f;

  /** With a larger share of pixels without weight the direct sum costs no more. */
  private static final double MOST_HOLES = 0.05;

  /** Rows of a tile for which roughness is known; its columns are those of a block. */
  private static final int TILE_ROWS = 16;

  private final WeightedPlanes planes;
  private final int tilesAcross;
  private final boolean usable;

  /** Weights with bridges over pixels without. */
  private final float[] bridged;

  /** Largest second difference over least weight in each tile. */
  private final float[] roughness;

  /** Columns of the pixels without weight, row after row. */
  private int[] holes = new int[1024];

  /** Where each row's holes begin. */
  private final int[] holesOfRow;

  private final boolean[] exact;

  /** Sums over a template's squares. */
  static final class Moments {

    private final int radius;
    private final float[] turned;
    private final float sum;
    private final float sumX;
    private final float sumY;
    private final double reach;

    Moments(float[] squares, int size) {
      radius = size / 2;
      turned = new float[squares.length];
      double total = 0;
      double x = 0;
      double y = 0;
      double second = 0;
      for (int k = 0; k < squares.length; k++) {
        double i = k % size - radius;
        double j = k / size - radius;
        turned[squares.length - 1 - k] = squares[k];
        total += squares[k];
        x += squares[k] * i;
        y += squares[k] * j;
        second += squares[k] * (Math.abs(i) + Math.abs(j)) * (Math.abs(i) + Math.abs(j)) / 2;
      }
      sum = (float) total;
      sumX = (float) x;
      sumY = (float) y;
      reach = total > 0 ? second / total : 0;
    }
  }

  SmoothNorm(WeightedPlanes planes) {
    this.planes = planes;
    exact = new boolean[(planes.width + COLUMNS - 1) / COLUMNS];
    tilesAcross = exact.length;
    holesOfRow = new int[planes.height + 1];
    int count = findHoles();
    usable = count <= MOST_HOLES * planes.width * planes.height;
    bridged = usable && count > 0 ? planes.weight.clone() : planes.weight;
    int tilesDown = (planes.height + TILE_ROWS - 1) / TILE_ROWS;
    roughness = new float[usable ? tilesAcross * tilesDown : 0];
    if (usable) {
      for (int y = 0; y < planes.height; y++) {
        bridge(y);
      }
      for (int t = 0; t < roughness.length; t++) {
        roughness[t] = roughness(t % tilesAcross * COLUMNS, t / tilesAcross * TILE_ROWS);
      }
    }
  }

  private int findHoles() {
    int count = 0;
    for (int y = 0; y < planes.height; y++) {
      int row = planes.index(0, y);
      for (int x = 0; x < planes.width; x += LANES) {
        if (hasHole(planes.weight, row + x)) {
          count = addHoles(row, x, count);
        }
      }
      holesOfRow[y + 1] = count;
    }
    return count;
  }

  private static boolean hasHole(float[] weight, int at) {
    return FloatVector.fromArray(FLOATS, weight, at).compare(VectorOperators.EQ, 0f).anyTrue();
  }

  private int addHoles(int row, int from, int before) {
    int count = before;
    for (int x = from; x < Math.min(from + LANES, planes.width); x++) {
      if (planes.weight[row + x] == 0) {
        if (count == holes.length) {
          holes = Arrays.copyOf(holes, 2 * count);
        }
        holes[count++] = x;
      }
    }
    return count;
  }

  /** Lays straight lines over the holes of a row; level ones at its ends. */
  private void bridge(int y) {
    int row = planes.index(0, y);
    int end = holesOfRow[y + 1];
    for (int h = holesOfRow[y]; h < end; ) {
      int first = holes[h];
      int next = first;
      for (; h < end && holes[h] == next; h++) {
        next++;
      }
      boolean before = first > 0;
      boolean after = next < planes.width;
      float right = after ? bridged[row + next] : before ? bridged[row + first - 1] : 0;
      float left = before ? bridged[row + first - 1] : right;
      for (int x = first; x < next; x++) {
        bridged[row + x] = left + (right - left) * (x - first + 1) / (next - first + 1);
      }
    }
  }

  /** Of one tile; infinite where a weight is 0 after all. */
  private float roughness(int x0, int y0) {
    int right = Math.min(planes.width - 1, x0 + COLUMNS);
    int bottom = Math.min(planes.height - 1, y0 + TILE_ROWS);
    FloatVector most = FloatVector.zero(FLOATS);
    FloatVector least = FloatVector.broadcast(FLOATS, Float.MAX_VALUE);
    for (int y = Math.max(1, y0); y < bottom; y++) {
      int at = planes.index(0, y);
      for (int x = Math.max(1, x0); x < right; x += LANES) {
        // The last vector may overlap the one before, or what is left of it.
        int k = at + Math.max(1, Math.min(x, planes.width - 1 - LANES));
        most = larger(most, difference(bridged, k, planes.stride));
        FloatVector w = FloatVector.fromArray(FLOATS, bridged, k);
        least = least.blend(w, w.compare(VectorOperators.LT, least));
      }
    }
    float[] difference = most.toArray();
    float[] weight = least.toArray();
    float roughest = 0;
    float lightest = Float.MAX_VALUE;
    for (int k = 0; k < LANES; k++) {
      roughest = Math.max(roughest, difference[k]);
      lightest = Math.min(lightest, weight[k]);
    }
    return lightest > 0 ? roughest / lightest : Float.POSITIVE_INFINITY;
  }

  /** The largest of the second differences about each pixel, in absolute value. */
  private static FloatVector difference(float[] w, int at, int stride) {
    FloatVector twice = FloatVector.fromArray(FLOATS, w, at).mul(2);
    FloatVector xx =
        FloatVector.fromArray(FLOATS, w, at - 1).add(FloatVector.fromArray(FLOATS, w, at + 1));
    FloatVector yy =
        FloatVector.fromArray(FLOATS, w, at - stride)
            .add(FloatVector.fromArray(FLOATS, w, at + stride));
    FloatVector xy =
        FloatVector.fromArray(FLOATS, w, at)
            .sub(FloatVector.fromArray(FLOATS, w, at + 1))
            .sub(FloatVector.fromArray(FLOATS, w, at + stride))
            .add(FloatVector.fromArray(FLOATS, w, at + stride + 1));
    return larger(larger(xx.sub(twice).abs(), yy.sub(twice).abs()), xy.abs());
  }

  private static FloatVector larger(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(VectorOperators.GT, a));
  }

  /**
   * Writes the norm of four rows.
   *
   * @return for each block of columns whether its norm is to be summed directly instead
   */
  boolean[] strip(int y, Moments moments, float[] norm, int stride) {
    int radius = moments.radius;
    if (!usable || y < radius + 1 || y + ROWS + radius + 1 > planes.height) {
      Arrays.fill(exact, true);
      return exact;
    }
    for (int block = 0; block < exact.length; block++) {
      exact[block] = !isSmooth(block, y, moments);
    }
    for (int r = 0; r < ROWS; r++) {
      expand(bridged, planes.index(0, y + r), planes.stride, moments, norm, r * stride, stride);
      takeOffHoles(y + r, moments, norm, r * stride);
      for (int block = 0; block < exact.length; block++) {
        int x = block * COLUMNS;
        exact[block] =
            exact[block] || isThin(norm, r * stride + x, planes.index(x, y + r), moments);
      }
    }
    return exact;
  }

  /** Whether a block's templates lie inside the image, and the weights under them are smooth. */
  private boolean isSmooth(int block, int y, Moments moments) {
    int radius = moments.radius;
    int left = block * COLUMNS - radius - 1;
    int right = block * COLUMNS + COLUMNS + radius;
    if (left < 0 || right >= planes.width) {
      return false;
    }
    float largest = 0;
    for (int j = (y - radius) / TILE_ROWS; j <= (y + ROWS - 1 + radius) / TILE_ROWS; j++) {
      for (int i = left / COLUMNS; i <= right / COLUMNS; i++) {
        largest = Math.max(largest, roughness[j * tilesAcross + i]);
      }
    }
    return largest * moments.reach <= ERROR;
  }

  private static void expand(
      float[] w, int from, int step, Moments moments, float[] norm, int to, int count) {
    FloatVector sum = FloatVector.broadcast(FLOATS, moments.sum);
    FloatVector halfX = FloatVector.broadcast(FLOATS, moments.sumX / 2);
    FloatVector halfY = FloatVector.broadcast(FLOATS, moments.sumY / 2);
    for (int x = 0; x < count; x += LANES) {
      int at = from + x;
      FloatVector alongX =
          FloatVector.fromArray(FLOATS, w, at + 1).sub(FloatVector.fromArray(FLOATS, w, at - 1));
      FloatVector alongY =
          FloatVector.fromArray(FLOATS, w, at + step)
              .sub(FloatVector.fromArray(FLOATS, w, at - step));
      FloatVector level = FloatVector.fromArray(FLOATS, w, at).mul(sum);
      alongX.fma(halfX, alongY.fma(halfY, level)).intoArray(norm, to + x);
    }
  }

  private void takeOffHoles(int y, Moments moments, float[] norm, int to) {
    int radius = moments.radius;
    int size = 2 * radius + 1;
    float[] squares = moments.turned;
    for (int row = y - radius; row <= y + radius; row++) {
      // A hole at (i, j) from the output counts with square (i, j); turned, along the row.
      int from = (radius - (row - y)) * size;
      for (int h = holesOfRow[row]; h < holesOfRow[row + 1]; h++) {
        float w = bridged[planes.index(holes[h], row)];
        int first = Math.max(0, radius - holes[h]);
        int last = Math.min(size, planes.width - holes[h] + radius);
        int start = to + holes[h] - radius;
        for (int k = first; k < last; k++) {
          norm[start + k] -= w * squares[from + k];
        }
      }
    }
  }

  private boolean isThin(float[] norm, int at, int from, Moments moments) {
    float share = LEAST_SHARE * moments.sum;
    for (int k = 0; k < COLUMNS; k += LANES) {
      FloatVector whole = FloatVector.fromArray(FLOATS, bridged, from + k).mul(share);
      VectorMask<Float> thin =
          FloatVector.fromArray(FLOATS, norm, at + k).compare(VectorOperators.LT, whole);
      if (thin.anyTrue()) {
        return true;
      }
    }
    return false;
  }
}
