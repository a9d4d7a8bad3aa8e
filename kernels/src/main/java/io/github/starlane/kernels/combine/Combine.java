package io.github.starlane.kernels.combine;

import io.github.starlane.kernels.MaskPlane;
import io.github.starlane.kernels.Plane;
import java.util.List;

/**
 * N images to one, pixel by pixel.
 *
 * <p>NaN pixels and pixels with one of {@code badBits} do not take part. Rejection goes first, then
 * the weighted mean or the median of what is left. Callers keep memory bounded by passing bands of
 * rows. A value whose variance is NaN does not take part either.
 *
 * <p>Of equal values the first counts as the smallest and the last as the largest. Where the MAD is
 * 0 the sample standard deviation stands in for it. Backends agree within 1e-6 of the values, but a
 * value on a clipping limit within rounding may go either way.
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
