package io.github.starlane.kernels.laplacian;

import jdk.incubator.vector.FloatVector;

/** A median filter of one size, full or separable, a vector of pixels at a time. */
final class SquareMedian {

  private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

  /** Half-size. */
  final int reach;

  private final boolean separable;
  private final MedianNetwork network;
  private final float[] rows;

  SquareMedian(int reach, boolean separable) {
    this.reach = reach;
    this.separable = separable;
    int size = 2 * reach + 1;
    network = new MedianNetwork(separable ? size : size * size);
    rows = new float[size * LANES];
  }

  /** Filtered pixels from {@code at} on. */
  FloatVector at(float[] source, int at, int stride) {
    if (!separable) {
      return network.square(source, at, stride, reach);
    }
    for (int j = -reach; j <= reach; j++) {
      network.row(source, at + j * stride, reach).intoArray(rows, (j + reach) * LANES);
    }
    return network.column(rows);
  }
}
