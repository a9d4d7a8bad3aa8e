package io.github.starlane.kernels.laplacian;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** F of a vector of pixels. */
final class StructureFilter {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** F is not smaller. */
  private static final float LEAST = 0.01f;

  private final WorkingImage working;
  private final SharpnessFilter sharpness;
  private final SquareMedian large;

  /** Null where f is smoothed with the PSF. */
  private final SquareMedian small;

  /** The PSF, null where f is a median. */
  private final float[] psf;

  private final int psfReach;

  /** f of the pixels around. */
  private final float[] smooth;

  private final int smoothStride;

  /** 1 / N² and I / N² of the pixels farther around. */
  private final float[] weights;

  private final float[] weighted;
  private final int weightStride;
  private final float[] fine = new float[LANES];

  StructureFilter(WorkingImage working, LaplacianParameters parameters, SharpnessFilter sharpness) {
    this.working = working;
    this.sharpness = sharpness;
    boolean separable = parameters.separable();
    large = new SquareMedian(parameters.structureReach(), separable);
    smoothStride = SharpnessFilter.columns(large.reach);
    smooth = new float[(2 * large.reach + 1) * smoothStride];
    boolean medians = parameters.psf() == null;
    small = medians ? new SquareMedian(parameters.smoothingReach(), separable) : null;
    psf = medians ? null : parameters.psf().values();
    psfReach = medians ? 0 : parameters.smoothingReach();
    int reach = large.reach + psfReach;
    // Smoothing reads whole vectors of f, hence whole vectors and the PSF's reach of weights.
    weightStride = smoothStride + 2 * psfReach + LANES;
    weights = new float[medians ? 0 : (2 * reach + 1) * weightStride];
    weighted = new float[weights.length];
  }

  /** F of the pixels from {@code at} on; the array is used again. */
  float[] at(int at) {
    if (psf != null) {
      weigh(at);
    }
    for (int j = 0; j <= 2 * large.reach; j++) {
      int row = at + (j - large.reach) * working.stride - large.reach;
      for (int i = 0; i < smoothStride; i += LANES) {
        FloatVector f =
            psf == null
                ? small.at(working.image, row + i, working.stride)
                : smoothed(j * weightStride + i);
        f.intoArray(smooth, j * smoothStride + i);
      }
    }
    int centre = large.reach * smoothStride + large.reach;
    FloatVector f = FloatVector.fromArray(FLOATS, smooth, centre);
    FloatVector structure = large.at(smooth, centre, smoothStride);
    f.sub(structure).div(sharpness.noise(at)).max(LEAST).intoArray(fine, 0);
    return fine;
  }

  private void weigh(int at) {
    int reach = large.reach + psfReach;
    for (int j = 0; j <= 2 * reach; j++) {
      int row = at + (j - reach) * working.stride - reach;
      for (int i = 0; i + LANES <= weightStride; i += LANES) {
        FloatVector noise = sharpness.noise(row + i);
        FloatVector weight = FloatVector.broadcast(FLOATS, 1).div(noise.mul(noise));
        weight.intoArray(weights, j * weightStride + i);
        FloatVector.fromArray(FLOATS, working.image, row + i)
            .mul(weight)
            .intoArray(weighted, j * weightStride + i);
      }
    }
  }

  /** f of the pixels whose PSF begins at an index into the weights. */
  private FloatVector smoothed(int from) {
    int size = 2 * psfReach + 1;
    FloatVector sum = FloatVector.zero(FLOATS);
    FloatVector total = FloatVector.zero(FLOATS);
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        int at = from + j * weightStride + i;
        float p = psf[j * size + i];
        sum = FloatVector.fromArray(FLOATS, weighted, at).fma(broadcast(p), sum);
        total = FloatVector.fromArray(FLOATS, weights, at).fma(broadcast(p), total);
      }
    }
    return sum.div(total);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }
}
