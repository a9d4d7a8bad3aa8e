package io.github.starlane.kernels.laplacian;

import java.util.Arrays;

/** Growing list of pixel indices. */
final class PixelList {

  private int[] indices = new int[256];
  private int size;

  int size() {
    return size;
  }

  int get(int i) {
    return indices[i];
  }

  void add(int index) {
    if (size == indices.length) {
      indices = Arrays.copyOf(indices, 2 * size);
    }
    indices[size++] = index;
  }
}
