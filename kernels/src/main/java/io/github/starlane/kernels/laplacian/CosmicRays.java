package io.github.starlane.kernels.laplacian;

/**
 * What was found.
 *
 * @param found pixels that each iteration found and no earlier one had; shorter than the iterations
 *     allowed if the last one found none
 */
public record CosmicRays(int[] found) {

  /** Pixels found in all. */
  public int total() {
    int sum = 0;
    for (int n : found) {
      sum += n;
    }
    return sum;
  }
}
