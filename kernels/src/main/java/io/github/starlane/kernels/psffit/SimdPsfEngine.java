package io.github.starlane.kernels.psffit;

import io.github.starlane.kernels.LaneSums;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Vector loops over the rows of stamps; lanes beyond a stamp's end are blended to 0. */
final class SimdPsfEngine implements PsfEngine {

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();

  @Override
  public int alignment() {
    return LANES;
  }

  @Override
  public PsfSampler newSampler(SplineBasis basis) {
    return new SimdPsfSampler(basis);
  }

  @Override
  public void addModel(PixelWindow window, Stamp stamp, double flux) {
    for (int j = 0; j < stamp.height; j++) {
      int to = (stamp.y0 - window.y0 + j) * window.stride + stamp.x0 - window.x0;
      addRow(window.model, to, stamp.value, j * stamp.stride, stamp.width, flux);
    }
  }

  private static void addRow(
      double[] model, int to, double[] value, int from, int width, double flux) {
    for (int i = 0; i < width; i += LANES) {
      DoubleVector p = load(value, from + i, width - i);
      DoubleVector m = DoubleVector.fromArray(DOUBLES, model, to + i);
      p.fma(DoubleVector.broadcast(DOUBLES, flux), m).intoArray(model, to + i);
    }
  }

  /** A vector of which only the first {@code left} lanes count; the others become 0. */
  private static DoubleVector load(double[] values, int at, int left) {
    DoubleVector v = DoubleVector.fromArray(DOUBLES, values, at);
    return left >= LANES ? v : DoubleVector.zero(DOUBLES).blend(v, DOUBLES.indexInRange(0, left));
  }

  @Override
  public void weigh(PixelWindow window, double gain) {
    DoubleVector perElectron = DoubleVector.broadcast(DOUBLES, 1 / gain);
    int size = window.stride * window.height;
    for (int i = 0; i + LANES <= size; i += LANES) {
      DoubleVector model = DoubleVector.fromArray(DOUBLES, window.model, i);
      DoubleVector noise =
          model.max(0.0).fma(perElectron, DoubleVector.fromArray(DOUBLES, window.variance, i));
      DoubleVector weight = DoubleVector.fromArray(DOUBLES, window.use, i).div(noise);
      weight.intoArray(window.weight, i);
      DoubleVector.fromArray(DOUBLES, window.data, i)
          .sub(model)
          .mul(weight)
          .intoArray(window.weightedResidual, i);
    }
  }

  @Override
  public void project(PixelWindow window, Stamp stamp, double[] sums) {
    DoubleVector value = DoubleVector.zero(DOUBLES);
    DoubleVector byX = value;
    DoubleVector byY = value;
    for (int j = 0; j < stamp.height; j++) {
      int at = (stamp.y0 - window.y0 + j) * window.stride + stamp.x0 - window.x0;
      int row = j * stamp.stride;
      for (int i = 0; i < stamp.width; i += LANES) {
        DoubleVector residual = load(window.weightedResidual, at + i, stamp.width - i);
        value = DoubleVector.fromArray(DOUBLES, stamp.value, row + i).fma(residual, value);
        byX = DoubleVector.fromArray(DOUBLES, stamp.byX, row + i).fma(residual, byX);
        byY = DoubleVector.fromArray(DOUBLES, stamp.byY, row + i).fma(residual, byY);
      }
    }
    sums[0] = LaneSums.of(value);
    sums[1] = LaneSums.of(byX);
    sums[2] = LaneSums.of(byY);
  }

  @Override
  public void gram(PixelWindow window, Stamp a, Stamp b, double[] sums) {
    DoubleVector vv = DoubleVector.zero(DOUBLES);
    DoubleVector vx = vv;
    DoubleVector vy = vv;
    DoubleVector xv = vv;
    DoubleVector xx = vv;
    DoubleVector xy = vv;
    DoubleVector yv = vv;
    DoubleVector yx = vv;
    DoubleVector yy = vv;
    int x0 = Math.max(a.x0, b.x0);
    int x1 = Math.min(a.x0 + a.width, b.x0 + b.width);
    int y1 = Math.min(a.y0 + a.height, b.y0 + b.height);
    for (int y = Math.max(a.y0, b.y0); y < y1; y++) {
      int rowW = (y - window.y0) * window.stride - window.x0;
      int rowA = (y - a.y0) * a.stride - a.x0;
      int rowB = (y - b.y0) * b.stride - b.x0;
      for (int x = x0; x < x1; x += LANES) {
        DoubleVector w = load(window.weight, rowW + x, x1 - x);
        DoubleVector wv = DoubleVector.fromArray(DOUBLES, a.value, rowA + x).mul(w);
        DoubleVector wx = DoubleVector.fromArray(DOUBLES, a.byX, rowA + x).mul(w);
        DoubleVector wy = DoubleVector.fromArray(DOUBLES, a.byY, rowA + x).mul(w);
        DoubleVector v = DoubleVector.fromArray(DOUBLES, b.value, rowB + x);
        DoubleVector byX = DoubleVector.fromArray(DOUBLES, b.byX, rowB + x);
        DoubleVector byY = DoubleVector.fromArray(DOUBLES, b.byY, rowB + x);
        vv = wv.fma(v, vv);
        vx = wv.fma(byX, vx);
        vy = wv.fma(byY, vy);
        xv = wx.fma(v, xv);
        xx = wx.fma(byX, xx);
        xy = wx.fma(byY, xy);
        yv = wy.fma(v, yv);
        yx = wy.fma(byX, yx);
        yy = wy.fma(byY, yy);
      }
    }
    sums[0] = LaneSums.of(vv);
    sums[1] = LaneSums.of(vx);
    sums[2] = LaneSums.of(vy);
    sums[3] = LaneSums.of(xv);
    sums[4] = LaneSums.of(xx);
    sums[5] = LaneSums.of(xy);
    sums[6] = LaneSums.of(yv);
    sums[7] = LaneSums.of(yx);
    sums[8] = LaneSums.of(yy);
  }
}
