package io.github.starlane.kernels.laplacian;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Computes cells of a vector of pixels, and only those that may hold a cosmic ray: since S is
 * nowhere negative S′ ≤ S, and N is at least the root of the least variance around, so that the
 * Laplacian alone, which is cheap, rules most of them out. After the first call only cells near
 * filled pixels are looked at; in the others nothing is different from the call before.
 */
final class SimdDetector implements Detector {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  private final WorkingImage working;
  private final int stride;
  private final float clip;
  private final float objectLimit;
  private final int cells;
  private final VarianceFloor floor;
  private final SharpnessFilter sharpness;
  private final StructureFilter structure;

  /** S′ with the working image's indices, where the cell is known. */
  private final float[] significance;

  /** By row and cell: to be looked at, and S′ is up to date. */
  private final boolean[] active;

  private final boolean[] known;

  SimdDetector(WorkingImage working, LaplacianParameters parameters) {
    this.working = working;
    stride = working.stride;
    clip = (float) parameters.sigmaClip();
    objectLimit = (float) parameters.objectLimit();
    cells = (working.width + LANES - 1) / LANES;
    floor = new VarianceFloor(working);
    sharpness = new SharpnessFilter(working, parameters);
    structure = new StructureFilter(working, parameters, sharpness);
    significance = new float[working.image.length];
    active = new boolean[cells * working.height];
    known = new boolean[active.length];
    Arrays.fill(active, true);
  }

  @Override
  public void cosmicRays(PixelList found) {
    float[] limits = new float[cells];
    for (int y = 0; y < working.height; y++) {
      if (y % VarianceFloor.ROWS == 0) {
        floor.sharpestNoise(y / VarianceFloor.ROWS, 2 * clip, limits);
      }
      for (int cell = 0; cell < cells; cell++) {
        if (active[y * cells + cell]) {
          active[y * cells + cell] = false;
          if (isAbove(working.image, working.index(cell * LANES, y), stride, limits[cell])) {
            test(y * cells + cell, found);
          }
        }
      }
    }
  }

  private static boolean isAbove(float[] image, int at, int stride, float limit) {
    return SharpnessFilter.laplacian(image, at, stride)
        .compare(VectorOperators.GT, limit)
        .anyTrue();
  }

  private void test(int cell, PixelList found) {
    compute(cell);
    int at = working.index(cell % cells * LANES, cell / cells);
    long candidates = 0;
    for (int i = 0; i < LANES; i++) {
      boolean open = (working.state[at + i] & WorkingImage.PROTECTED) == 0;
      candidates |= open && significance[at + i] > clip ? 1L << i : 0;
    }
    if (candidates == 0) {
      return;
    }
    float[] fine = structure.at(at);
    for (int i = 0; i < LANES; i++) {
      if ((candidates >> i & 1) != 0 && significance[at + i] / fine[i] > objectLimit) {
        found.add(at + i);
      }
    }
  }

  private void compute(int cell) {
    if (!known[cell]) {
      known[cell] = true;
      int at = working.index(cell % cells * LANES, cell / cells);
      sharpness.significance(at, significance);
    }
  }

  @Override
  public double significance(int index) {
    compute(working.y(index) * cells + working.x(index) / LANES);
    return significance[index];
  }

  @Override
  public void filled(PixelList pixels) {
    for (int k = 0; k < pixels.size(); k++) {
      int x = working.x(pixels.get(k));
      int y = working.y(pixels.get(k));
      floor.lower(x, y, working.variance[pixels.get(k)]);
      int from = Math.max(0, x - working.margin) / LANES;
      int to = Math.min(working.width - 1, x + working.margin) / LANES;
      int last = Math.min(working.height - 1, y + working.margin);
      for (int j = Math.max(0, y - working.margin); j <= last; j++) {
        Arrays.fill(active, j * cells + from, j * cells + to + 1, true);
        Arrays.fill(known, j * cells + from, j * cells + to + 1, false);
      }
    }
  }
}
