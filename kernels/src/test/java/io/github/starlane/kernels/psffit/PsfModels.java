package io.github.starlane.kernels.psffit;

import io.github.starlane.kernels.Moffat;

/** Test PSFs. */
final class PsfModels {

  private PsfModels() {}

  /** A Moffat tabulated on a grid that reaches {@code radius} pixels from the centre. */
  static PsfModel constant(Moffat moffat, int radius, int oversampling) {
    int half = radius * oversampling + 2;
    int size = 2 * half + 1;
    float[] grid = new float[size * size];
    fill(grid, 0, moffat, half, oversampling);
    return new PsfModel(size, oversampling, 0, 0, 0, 1, grid);
  }

  /** A PSF that broadens linearly with x and has a quadratic term in y. */
  static PsfModel varying(Moffat narrow, Moffat wide, int radius, int oversampling, double scale) {
    int half = radius * oversampling + 2;
    int size = 2 * half + 1;
    int n = size * size;
    float[] first = new float[n];
    float[] second = new float[n];
    fill(first, 0, narrow, half, oversampling);
    fill(second, 0, wide, half, oversampling);
    float[] basis = new float[6 * n];
    for (int i = 0; i < n; i++) {
      basis[i] = 0.5f * (first[i] + second[i]);
      basis[n + i] = 0.5f * (second[i] - first[i]);
      basis[5 * n + i] = 0.2f * (second[i] - first[i]);
    }
    return new PsfModel(size, oversampling, 2, scale, scale, scale, basis);
  }

  private static void fill(float[] grid, int from, Moffat moffat, int half, int oversampling) {
    int size = 2 * half + 1;
    for (int j = 0; j < size; j++) {
      for (int i = 0; i < size; i++) {
        grid[from + j * size + i] =
            (float)
                moffat.pixel(
                    (double) (i - half) / oversampling, (double) (j - half) / oversampling);
      }
    }
  }
}
