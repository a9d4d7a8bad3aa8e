package io.github.starlane.kernels.fft;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Complex Fourier transforms, Σ f(x, y) exp(−2πi (ux / width + vy / height)), of planes of one
 * size; as many lines at once as a vector has lanes. Mutable scratch: not for several threads at
 * once.
 */
final class LaneTransform {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  private static final int MULTIPLE = Math.max(FastLength.MULTIPLE, LANES);

  final int width;
  final int height;
  private final LaneStage[] alongRows;
  private final LaneStage[] alongColumns;
  private float[] re;
  private float[] im;
  private float[] otherRe;
  private float[] otherIm;

  /**
   * Prepares transforms.
   *
   * @param leastWidth at least; the next fast one is taken
   * @param leastHeight likewise
   */
  LaneTransform(int leastWidth, int leastHeight) {
    width = FastLength.next(leastWidth, MULTIPLE);
    height = FastLength.next(leastHeight, MULTIPLE);
    alongRows = LaneStages.of(width).toArray(LaneStage[]::new);
    alongColumns = LaneStages.of(height).toArray(LaneStage[]::new);
    int length = Math.max(width, height) * LANES;
    re = new float[length];
    im = new float[length];
    otherRe = new float[length];
    otherIm = new float[length];
  }

  /** Transforms a plane in place. */
  void forward(float[] planeRe, float[] planeIm) {
    for (int x = 0; x < width; x += LANES) {
      loadColumns(planeRe, x, width, height, re);
      loadColumns(planeIm, x, width, height, im);
      run(alongColumns);
      storeColumns(re, planeRe, x, width, height);
      storeColumns(im, planeIm, x, width, height);
    }
    for (int y = 0; y < height; y += LANES) {
      loadRows(planeRe, y * width, width, re);
      loadRows(planeIm, y * width, width, im);
      run(alongRows);
      storeRows(re, planeRe, y * width, width);
      storeRows(im, planeIm, y * width, width);
    }
  }

  /** The reverse of {@link #forward}, times width · height. */
  void inverse(float[] planeRe, float[] planeIm) {
    // Real and imaginary part exchanged before and after turn the sign of the exponent.
    forward(planeIm, planeRe);
  }

  private void run(LaneStage[] stages) {
    for (LaneStage stage : stages) {
      stage.run(re, im, otherRe, otherIm);
      float[] r = re;
      float[] i = im;
      re = otherRe;
      im = otherIm;
      otherRe = r;
      otherIm = i;
    }
  }

  private static void loadColumns(float[] plane, int x, int width, int height, float[] lines) {
    for (int y = 0; y < height; y++) {
      FloatVector.fromArray(FLOATS, plane, y * width + x).intoArray(lines, y * LANES);
    }
  }

  private static void storeColumns(float[] lines, float[] plane, int x, int width, int height) {
    for (int y = 0; y < height; y++) {
      FloatVector.fromArray(FLOATS, lines, y * LANES).intoArray(plane, y * width + x);
    }
  }

  private static void loadRows(float[] plane, int from, int width, float[] lines) {
    // Blocks, so that what a pass over a row touches stays in the first cache.
    for (int block = 0; block < width; block += MULTIPLE) {
      for (int lane = 0; lane < LANES; lane++) {
        int row = from + lane * width;
        for (int x = block; x < block + MULTIPLE; x++) {
          lines[x * LANES + lane] = plane[row + x];
        }
      }
    }
  }

  private static void storeRows(float[] lines, float[] plane, int from, int width) {
    for (int block = 0; block < width; block += MULTIPLE) {
      for (int lane = 0; lane < LANES; lane++) {
        int row = from + lane * width;
        for (int x = block; x < block + MULTIPLE; x++) {
          plane[row + x] = lines[x * LANES + lane];
        }
      }
    }
  }
}
