package io.github.starlane.kernels.combine;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.List;

/**
 * N images to one, pixel by pixel.
 *
 * <p>Pixels that are not finite, pixels with one of {@code badBits}, and pixels whose variance is
 * not finite or is negative do not take part. Rejection goes first, then the weighted mean or the
 * median of what is left. Callers keep memory bounded by passing bands of rows: what becomes of a
 * pixel depends on nothing but its own stack, to the last bit.
 *
 * <p>Of equal values the first counts as the smallest and the last as the largest. Where the MAD is
 * 0 the sample standard deviation stands in for it. Infinite clipping limits reject nothing.
 * Backends agree within 1e-6 of the largest value that is left, but a value on a clipping limit
 * within rounding may go either way.
 */
public interface Combine {

  /**
   * Combines.
   *
   * @param images N ≥ 1 planes of one size
   * @param variances noise variance of each, or null (needed for {@link
   *     CombineParameters.Rejection#NOISE_MODEL})
   * @param masks mask of each, or null
   * @param weights N positive weights of the mean, or null for equal ones
   * @param output where the results go
   */
  void combine(
      List<Plane> images,
      List<Plane> variances,
      List<MaskPlane> masks,
      double[] weights,
      CombineParameters parameters,
      CombineOutput output);
}
