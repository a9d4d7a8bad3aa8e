package io.github.starlane.kernels.laplacian;

/** Follows the formulas, a plane at a time. */
final class ScalarDetector implements Detector {

  private final WorkingImage working;
  private final LaplacianParameters parameters;
  private final int stride;

  /** Planes with the working image's margin; what a filter cannot reach stays 0. */
  private final float[] noise;

  private final float[] sharpness;
  private final float[] significance;
  private final float[] smooth;

  ScalarDetector(WorkingImage working, LaplacianParameters parameters) {
    this.working = working;
    this.parameters = parameters;
    stride = working.stride;
    int size = working.image.length;
    noise = new float[size];
    sharpness = new float[size];
    significance = new float[size];
    smooth = new float[size];
  }

  @Override
  public void cosmicRays(PixelList found) {
    int noiseReach = parameters.noiseReach();
    int structure = parameters.structureReach();
    int smoothing = parameters.psf() == null ? 0 : parameters.smoothingReach();
    computeNoise(Math.max(noiseReach, structure + smoothing));
    computeSharpness(noiseReach);
    computeSmooth(structure);
    for (int y = 0; y < working.height; y++) {
      for (int x = 0; x < working.width; x++) {
        int at = working.index(x, y);
        significance[at] = sharpness[at] - median(sharpness, at, noiseReach);
        boolean open = (working.state[at] & WorkingImage.PROTECTED) == 0;
        if (open && significance[at] > parameters.sigmaClip()) {
          double fine = (smooth[at] - median(smooth, at, structure)) / noise[at];
          if (significance[at] / Math.max(fine, 0.01) > parameters.objectLimit()) {
            found.add(at);
          }
        }
      }
    }
  }

  @Override
  public double significance(int index) {
    return significance[index];
  }

  @Override
  public void filled(PixelList pixels) {
    // Everything is computed again.
  }

  private float median(float[] values, int at, int reach) {
    return parameters.separable()
        ? Medians.separable(values, at, stride, reach)
        : Medians.square(values, at, stride, reach);
  }

  private void computeNoise(int beyond) {
    for (int y = -beyond; y < working.height + beyond; y++) {
      for (int x = -beyond; x < working.width + beyond; x++) {
        int at = working.index(x, y);
        float variance = median(working.variance, at, parameters.noiseReach());
        noise[at] = (float) Math.sqrt(Math.max(SharpnessFilter.LEAST_VARIANCE, variance));
      }
    }
  }

  private void computeSharpness(int beyond) {
    for (int y = -beyond; y < working.height + beyond; y++) {
      for (int x = -beyond; x < working.width + beyond; x++) {
        int at = working.index(x, y);
        sharpness[at] = (float) (laplacian(at) / (2.0 * noise[at]));
      }
    }
  }

  private double laplacian(int at) {
    double twice = 2.0 * working.image[at];
    double sum = 0;
    for (int i = -1; i <= 1; i += 2) {
      for (int j = -1; j <= 1; j += 2) {
        double beside = (double) working.image[at + i] + working.image[at + j * stride];
        sum += Math.max(0, twice - beside);
      }
    }
    return sum / 4;
  }

  private void computeSmooth(int beyond) {
    for (int y = -beyond; y < working.height + beyond; y++) {
      for (int x = -beyond; x < working.width + beyond; x++) {
        int at = working.index(x, y);
        smooth[at] =
            parameters.psf() == null
                ? median(working.image, at, parameters.smoothingReach())
                : smoothed(at);
      }
    }
  }

  private float smoothed(int at) {
    int reach = parameters.smoothingReach();
    float[] values = parameters.psf().values();
    double sum = 0;
    double weights = 0;
    int k = 0;
    for (int j = -reach; j <= reach; j++) {
      for (int i = -reach; i <= reach; i++) {
        int pixel = at + j * stride + i;
        double weight = values[k++] / ((double) noise[pixel] * noise[pixel]);
        sum += weight * working.image[pixel];
        weights += weight;
      }
    }
    return (float) (sum / weights);
  }
}
