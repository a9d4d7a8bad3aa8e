package io.github.starlane.kernels.psffit;

import java.util.Arrays;

/** The plain loops. */
final class ScalarPsfEngine implements PsfEngine {

  @Override
  public int alignment() {
    return 1;
  }

  @Override
  public PsfSampler newSampler(SplineBasis basis) {
    return new ScalarPsfSampler(basis);
  }

  @Override
  public void addModel(PixelWindow window, Stamp stamp, double flux) {
    for (int j = 0; j < stamp.height; j++) {
      int to = (stamp.y0 - window.y0 + j) * window.stride + stamp.x0 - window.x0;
      for (int i = 0; i < stamp.width; i++) {
        window.model[to + i] += flux * stamp.value[j * stamp.stride + i];
      }
    }
  }

  @Override
  public void weigh(PixelWindow window, double gain) {
    for (int j = 0; j < window.height; j++) {
      for (int i = j * window.stride; i < j * window.stride + window.width; i++) {
        double noise = window.variance[i] + Math.max(window.model[i], 0) / gain;
        window.weight[i] = window.use[i] / noise;
        window.weightedResidual[i] = window.weight[i] * (window.data[i] - window.model[i]);
      }
    }
  }

  @Override
  public void project(PixelWindow window, Stamp stamp, double[] sums) {
    Arrays.fill(sums, 0);
    for (int j = 0; j < stamp.height; j++) {
      int at = (stamp.y0 - window.y0 + j) * window.stride + stamp.x0 - window.x0;
      for (int i = 0; i < stamp.width; i++) {
        double residual = window.weightedResidual[at + i];
        sums[0] += residual * stamp.value[j * stamp.stride + i];
        sums[1] += residual * stamp.byX[j * stamp.stride + i];
        sums[2] += residual * stamp.byY[j * stamp.stride + i];
      }
    }
  }

  @Override
  public void gram(PixelWindow window, Stamp a, Stamp b, double[] sums) {
    Arrays.fill(sums, 0);
    int x1 = Math.min(a.x0 + a.width, b.x0 + b.width);
    int y1 = Math.min(a.y0 + a.height, b.y0 + b.height);
    for (int y = Math.max(a.y0, b.y0); y < y1; y++) {
      for (int x = Math.max(a.x0, b.x0); x < x1; x++) {
        double w = window.weight[(y - window.y0) * window.stride + x - window.x0];
        int ia = (y - a.y0) * a.stride + x - a.x0;
        int ib = (y - b.y0) * b.stride + x - b.x0;
        sums[0] += w * a.value[ia] * b.value[ib];
        sums[1] += w * a.value[ia] * b.byX[ib];
        sums[2] += w * a.value[ia] * b.byY[ib];
        sums[3] += w * a.byX[ia] * b.value[ib];
        sums[4] += w * a.byX[ia] * b.byX[ib];
        sums[5] += w * a.byX[ia] * b.byY[ib];
        sums[6] += w * a.byY[ia] * b.value[ib];
        sums[7] += w * a.byY[ia] * b.byX[ib];
        sums[8] += w * a.byY[ia] * b.byY[ib];
      }
    }
  }
}
